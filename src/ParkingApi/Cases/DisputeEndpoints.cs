using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Accounts;
using Parking.Api.Archive;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Cases;
using Parking.Codes;
using Parking.Contracts;

namespace Parking.Api.Cases;

/// <summary>Cases, for citizens: objecting to a stay of their own, and what came of it.</summary>
internal static partial class DisputeEndpoints
{
    private static readonly ProblemKind AlreadyDisputed = new(
        "already-disputed",
        StatusCodes.Status409Conflict,
        "There is an open case of this stay",
        "It is in this answer. Somebody will look at it.");

    private static readonly ProblemKind TooManyDisputes = new(
        "too-many-disputes",
        StatusCodes.Status409Conflict,
        "There are five open cases already",
        "Wait until one of them is answered.");

    public static void MapDisputes(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/v1/me/cases").WithTags("People")
            .RequireAuthorization(Policies.Citizen)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable, HttpProblems.BackOfficeUnavailable);

        mine.MapPost("", OpenAsync)
            .WithName("DisputeStay").WithSummary("Objects to a stay of one's own")
            .WithDescription(
                "Opens a case, with a number that can be said on the phone. A person looks at it, and answers. One case can be open for a "
                + "stay, and five for a citizen. The same request with the same id again opens no other.")
            .RequireRateLimiting(RateLimits.Minting)
            .WithRequestExample(CaseExamples.Dispute)
            .WithResponseExample(CaseExamples.Mine)
            .Meets(
                HttpProblems.InvalidRequest, ArchiveEndpoints.StayNotArchived, AlreadyDisputed, TooManyDisputes, CaseEndpoints.StepTaken,
                HttpProblems.TooManyRequests);

        mine.MapGet("", ListAsync)
            .WithName("GetMyCases").WithSummary("The stays that the calling citizen objected to, with the answers")
            .WithDescription("Newest first. They are kept until the citizen has everything erased.")
            .WithResponseExample(CaseExamples.MineAll);
    }

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static async Task<Results<Ok<MyCase>, ValidationProblem, ProblemHttpResult>> OpenAsync(
        DisputeRequest request, Citizen citizen, HolderRegistry holders, CaseBook book, ILogger<CaseBook> logger)
    {
        var faults = new Dictionary<string, string[]>();
        var text = CaseTexts.TextOf(request.Text, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (!CodeId.TryParse(request.Stay, out var stay))
        {
            return ArchiveEndpoints.StayNotArchived.ToResult();
        }

        var result = await book.OpenDisputeAsync(
            request.Id,
            await holders.HolderOfAsync(citizen.Key),
            stay,
            (BackOffice.Cases.DisputeReason)(int)request.Reason,
            text);
        switch (result)
        {
            case { Outcome: CaseOutcome.Done, Case: { } opened }:
                if (!result.IsRepeat)
                {
                    Opened(logger, opened.Number);
                }

                return TypedResults.Ok(opened.ToOwnersContract());
            case { Outcome: CaseOutcome.AlreadyDisputed, Case: { } open }:
                return AlreadyDisputed.ToResult(new Dictionary<string, object?> { ["case"] = open.ToOwnersContract() });
            case { Outcome: CaseOutcome.TooMany }:
                return TooManyDisputes.ToResult();
            case { Outcome: CaseOutcome.StepTaken }:
                return CaseEndpoints.StepTaken.ToResult();
            default:
                return ArchiveEndpoints.StayNotArchived.ToResult();
        }
    }

    private static async Task<Ok<MyCasesAnswer>> ListAsync(
        Citizen citizen, HolderRegistry holders, CaseSearch search, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var found = await search.OfHolderAsync(
            await holders.HolderOfAsync(citizen.Key), BackOffice.Cases.CaseKind.Dispute, cancellationToken);
        return TypedResults.Ok(new MyCasesAnswer([.. found.Select(one => one.ToOwnersContract())]));
    }

    [LoggerMessage(9054, LogLevel.Information, "A citizen opened case {Case}", EventName = "DisputeOpened")]
    private static partial void Opened(ILogger logger, CaseNumber @case);
}
