using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Admission;
using Parking.Api.Facilities;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Occupancy;
using Parking.Codes;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Api.Stays;

/// <summary>Stays, for their owners and for operators.</summary>
internal static partial class StayEndpoints
{
    /// <summary>The highest number of stays in a list of those at risk.</summary>
    public const int MaxAtRisk = 1000;

    public static readonly ProblemKind StayHasEnded = new(
        "stay-has-ended",
        StatusCodes.Status409Conflict,
        "The stay has ended",
        "Only an open stay can be closed.");

    public static readonly ProblemKind StayNotFound = new(
        "stay-not-found",
        StatusCodes.Status404NotFound,
        "There is no such stay",
        "Or it belongs to somebody else, or ended more than 30 days ago.");

    public static void MapStays(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/me/stays", GetMineAsync)
            .WithName("GetMyStays").WithTags("People").WithSummary("The open and recently ended stays of the calling citizen")
            .WithDescription(
                "An open stay has its price if it ended now, and how long that price holds. An ended stay has its fee. The open stay of a "
                + "vehicle that somebody else shares with the citizen is marked as shared; when it has ended, only its owner sees it.")
            .RequireAuthorization(Policies.Citizen)
            .WithResponseExample(new MyStaysAnswer([StayExamples.Open], [StayExamples.Ended]))
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable);

        routes.MapGet("/v1/stays/{id}", GetAsync)
            .WithName("GetStay").WithTags("People").WithSummary("One stay, for its owner and for those who watch its facility")
            .RequireAuthorization(Policies.SignedIn)
            .WithDescription(
                "The current state of the stay, with every change since it was first known and the event that caused it. "
                + "A stay that turned out to be part of another one names that stay. Those who share its vehicle can read it while it is "
                + "open.")
            .WithResponseExample(StayExamples.Revised)
            .Meets(HttpProblems.Unauthenticated, StayNotFound, HttpProblems.StoreUnavailable);

        var risk = routes.MapGroup("/v1/risk").WithTags("Facilities")
            .RequireDuty(DutyKind.Watch, DutyScope.FacilityInQuery("facility"))
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound, HttpProblems.StoreUnavailable);

        risk.MapGet("", GetRiskAsync)
            .WithName("GetRisk").WithSummary("Fees that may not be collected, by facility and state of the stays")
            .WithDescription(
                "The number of provisional, conflicting and uncollectable stays, and their highest possible sum. "
                + "A stay without a seen entry has no price and is counted as unpriced. Reads every timeline, so it can take long.")
            .WithResponseExample(StayExamples.Risk);

        risk.MapGet("stays", ListRiskAsync)
            .WithName("GetStaysAtRisk").WithSummary("The stays whose fees may not be collected, one by one")
            .WithDescription(
                "What a person should look at, the oldest first: at most 1,000 provisional, conflicting and uncollectable stays. "
                + "An open stay that is longer than a stay there can plausibly be is among them. Reads every timeline, so it can take "
                + "long.")
            .WithResponseExample(StayExamples.StaysAtRisk);

        routes.MapPost("/v1/stays/{id}/close", CloseAsync)
            .WithName("CloseStay").WithTags("Facilities").WithSummary("Closes an open stay whose vehicle is not there")
            .WithDescription(
                "The stay ends now, as by an inventory, and has no fee; its space is free. If the vehicle leaves after all, its exit ends "
                + "the stay instead. Closing it again changes nothing.")
            .RequireDuty(DutyKind.Operate, StayReader.FacilityOf("id"))
            .Audits(call => AuditSubject.OfStay("close_stay", call.HttpContext))
            .WithResponseExample(StayExamples.Closed)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, StayNotFound, StayHasEnded, HttpProblems.StoreUnavailable);

        routes.MapPost("/v1/facilities/{id}/rebuild", RebuildAsync)
            .WithName("RebuildFacility").WithTags("Facilities").WithSummary("Rebuilds a facility's taken spaces from all timelines")
            .WithDescription(
                "Use it when the occupancy is in doubt, for example after a store was restored. "
                + "Reads every timeline, and may run beside live traffic.")
            .RequireDuty(DutyKind.Operate, DutyScope.Facility())
            .Audits(call => AuditSubject.OfFacility("rebuild_facility", call.HttpContext))
            .WithResponseExample(new RebuildAnswer(2, 1, 0))
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound, HttpProblems.StoreUnavailable);
    }

    private static async Task<Ok<MyStaysAnswer>> GetMineAsync(Citizen citizen, StayReader stays)
    {
        var all = await stays.FindOfAsync(citizen.Key);
        return TypedResults.Ok(new MyStaysAnswer(
            [.. all.Where(stay => stay.Ending == Contracts.StayEnding.Open).OrderBy(stay => stay.EnteredAt)],
            [.. all.Where(stay => stay.Ending != Contracts.StayEnding.Open).OrderByDescending(stay => stay.EndedAt)]));
    }

    private static async Task<Results<Ok<StayAnswer>, ProblemHttpResult>> GetAsync(
        string id, ClaimsPrincipal caller, ServiceSecrets secrets, Staff staff, StayReader stays) =>
        await stays.FindAsync(id, Citizen.Of(caller, secrets), staff.Duties) is { } stay ? TypedResults.Ok(stay) : StayNotFound.ToResult();

    private static async Task<Results<Ok<RiskAnswer>, ProblemHttpResult>> GetRiskAsync(
        string? facility, CityDirectory city, RiskReport report, Staff staff, CancellationToken cancellationToken)
    {
        if (facility is not null && city.FindFacility(new(facility)) is null)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        return TypedResults.Ok((await report.SumAsync(IsAsked(facility, staff), cancellationToken)).ToContract());
    }

    private static async Task<Results<Ok<StaysAtRiskAnswer>, ProblemHttpResult>> ListRiskAsync(
        string? facility,
        CityDirectory city,
        RiskReport report,
        StayDescription description,
        Staff staff,
        CancellationToken cancellationToken)
    {
        if (facility is not null && city.FindFacility(new(facility)) is null)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var risk = await report.ListAsync(IsAsked(facility, staff), cancellationToken);
        var stays = risk.Stays.OrderBy(one => one.Stay.EnteredAt ?? one.Stay.EndedAt).Take(MaxAtRisk).Select(one => description.Describe(
            one.Holder, StayHistory.Of(one.Timeline).First(record => record.Stay.Id == one.Stay.Id), account: null, risk.AsOf,
            inFull: false));
        return TypedResults.Ok(new StaysAtRiskAnswer(
            risk.AsOf, [.. stays], Math.Max(0, risk.Stays.Count - MaxAtRisk), risk.Unreadable));
    }

    /// <summary>The facility that was asked for; without one, all that the caller may watch.</summary>
    private static Predicate<FacilityId> IsAsked(string? facility, Staff staff) => facility is null
        ? id => staff.Duties.Allows(DutyKind.Watch, id)
        : id => id.Value == facility;

    private static async Task<Results<Ok<StayAnswer>, ProblemHttpResult>> CloseAsync(
        string id,
        Citizen citizen,
        Staff staff,
        CityDirectory city,
        StayClosing closing,
        StayReader stays,
        OccupancyBoard board)
    {
        if (!CodeId.TryParse(id, out var name) || await closing.CloseAsync(name, staff.Name) is not { } stay)
        {
            return StayNotFound.ToResult();
        }

        if (stay.Ending != Timelines.StayEnding.Inventory)
        {
            return StayHasEnded.ToResult();
        }

        if (city.FindFacility(stay.Facility) is { } facility)
        {
            board.Touch(facility);
        }

        return await stays.FindAsync(id, citizen, staff.Duties) is { } answer ? TypedResults.Ok(answer) : StayNotFound.ToResult();
    }

    /// <remarks>It goes on when its caller is gone, who may not wait as long as it takes: it ends with the service.</remarks>
    private static async Task<Results<Ok<RebuildAnswer>, ProblemHttpResult>> RebuildAsync(
        string id, CityDirectory city, SpaceAudit audit, Staff staff, ILogger<SpaceAudit> logger, IHostApplicationLifetime lifetime)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var mended = await audit.RebuildAsync(new HashSet<FacilityId> { facility.Id }, lifetime.ApplicationStopping);
        Rebuilt(logger, facility.Id, staff, mended.Restored, mended.GivenBack);
        return TypedResults.Ok(mended.ToContract());
    }

    [LoggerMessage(
        1004,
        LogLevel.Information,
        "Operator {Staff} had the spaces of {Facility} rebuilt: {Restored} restored, {GivenBack} released",
        EventName = "FacilityRebuilt")]
    private static partial void Rebuilt(ILogger logger, FacilityId facility, Staff staff, int restored, int givenBack);
}
