using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Cases;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Contracts;

namespace Parking.Api.PersonalData;

/// <summary>The endpoints with which citizens read and erase what is kept of them.</summary>
internal static partial class PersonalDataEndpoints
{
    private static readonly ProblemKind StillParked = new(
        "still-parked",
        StatusCodes.Status409Conflict,
        "The citizen has an open stay",
        "Leave the car park first, then erase. If the vehicle is not there any more, ask an operator to close the stay.");

    public static void MapPersonalData(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/v1/me").WithTags("People")
            .RequireAuthorization(Policies.Citizen)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable);

        people.MapGet("/export", ExportAsync)
            .WithName("ExportMyData").WithSummary("Everything that is kept of the calling citizen")
            .WithDescription("One document, of format 1. Nothing in it is of anybody else. docs/operations.md says what cannot be in it.")
            .WithResponseExample(ExportExamples.Whole)
            .Meets(HttpProblems.BackOfficeUnavailable);

        people.MapDelete("", EraseAsync)
            .WithName("EraseMyData").WithSummary("Erases what is kept of the calling citizen")
            .WithDescription(
                "Vehicles, plates, entitlements, shares, invitations and what was written in cases go. Ended stays are kept without a "
                + "name, for 30 days and in the archive for years, and nobody can see whose they were, the citizen included. Whoever "
                + "comes again begins with nothing. Codes of before open no entry any more. Refused while a stay is open. Safe to "
                + "repeat: send it again if no answer came.")
            .RequireRateLimiting(RateLimits.Minting)
            .Meets(StillParked, HttpProblems.TooManyRequests);
    }

    private static async Task<Ok<ExportAnswer>> ExportAsync(
        Citizen citizen, HttpContext http, Export export, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await export.MakeAsync(citizen.Key, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(
        Citizen citizen,
        HolderRegistry holders,
        ArchiveErasure archive,
        AuditChain audit,
        CaseBook cases,
        ILogger<HolderRegistry> logger)
    {
        var holder = await holders.HolderOfAsync(citizen.Key);
        switch (await holders.EraseAsync(citizen.Key))
        {
            case ErasureOutcome.IsParked:
                return StillParked.ToResult();
            case ErasureOutcome.Erased:
                Erased(logger);
                await HideAsync(archive, audit, cases, holder);
                break;
        }

        return TypedResults.NoContent();
    }

    private static async Task HideAsync(ArchiveErasure archive, AuditChain audit, CaseBook cases, HolderId holder)
    {
        try
        {
            await archive.HideAsync(holder);
            await audit.EraseAsync(holder);
            await cases.EraseAsync(holder);
        }
        catch (BackOfficeUnavailableException)
        {
            // Nobody can search it meanwhile, and the drain hides it before anybody can.
        }
    }

    [LoggerMessage(1012, LogLevel.Information, "A citizen had everything erased that was kept of them", EventName = "CitizenErased")]
    private static partial void Erased(ILogger logger);
}
