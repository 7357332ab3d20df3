using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Commands;
using Parking.Api.Facilities;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Cases;
using Parking.Codes;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Rights;

namespace Parking.Api.Archive;

/// <summary>Searching archived stays, for operators.</summary>
internal static partial class ArchiveEndpoints
{
    private const int UsualLimit = 50;
    private const int MaxLimit = 200;
    private const int MinReason = 3;
    private const int MaxReason = 200;

    public static readonly ProblemKind StayNotArchived = new(
        "stay-not-archived",
        StatusCodes.Status404NotFound,
        "The archive has no such stay",
        "Stays are taken over within seconds. What was erased is not found.");

    /// <summary>The facility of the stay that the route names.</summary>
    public static readonly DutyScope FacilityOfStay = new(
        "the stay's facility",
        async context =>
        {
            var search = context.RequestServices.GetRequiredService<StaySearch>();
            return CodeId.TryParse($"{context.GetRouteValue("id")}", out var name)
                && await search.FindAsync(name, context.RequestAborted) is { } found
                    ? Scope.Of(found.Stay.Facility)
                    : Scope.City;
        },
        IsNamedByCaller: false);

    private static readonly DutyScope FacilityInQuery = new(
        "the facility, or that of the gate or the case",
        async context =>
        {
            var (query, services) = (context.Request.Query, context.RequestServices);
            return query["facility"] is { Count: > 0 } facility ? Scope.Of(new FacilityId($"{facility}"))
                : query["gate"] is { Count: > 0 } lane
                    && services.GetRequiredService<CityDirectory>().FindGate(new($"{lane}")) is { } gate ? Scope.Of(gate.Facility.Id)
                : CaseNumber.TryParse(query["case"], out var number)
                    && await services.GetRequiredService<CaseSearch>().FindAsync(number, context.RequestAborted) is { } found
                    ? Scope.Of(found.Case.Facility)
                : Scope.City;
        },
        IsNamedByCaller: false);

    public static void MapArchive(this IEndpointRouteBuilder routes)
    {
        var archive = routes.MapGroup("/v1/archive/stays").WithTags("Archive")
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, HttpProblems.BackOfficeUnavailable);

        archive.MapGet("", SearchAsync)
            .RequireDuty(DutyKind.Watch, FacilityInQuery)
            .WithName("SearchArchivedStays")
            .WithSummary("Archived stays of a facility, or of those who passed a gate, or that of a case")
            .WithDescription(
                "Exactly one of `facility`, `gate` and `case` is needed. With `facility`: the stays that began there at `from` or later "
                + "and before `to`, of one `state` if it is given; with `open=true`, those that are open; with `passage=entry` or "
                + "`passage=exit`, those of vehicles that were seen to come in, or to leave, in that time. With `gate`: the stays of those "
                + "who came in there, or left there, in that time. With `case`, the number of a case: the stay that it is about, if there "
                + "is such a case; nothing else goes with it. Oldest first. Times are ISO 8601 in UTC. `cursor` is `next` of the page "
                + "before, `limit` is 1 to 200, usually 50.")
            .WithResponseExample(ArchiveExamples.Page)
            .Meets(HttpProblems.InvalidRequest, FacilityEndpoints.FacilityNotFound, CommandEndpoints.GateNotFound);

        archive.MapPost("by-plate", SearchByPlateAsync)
            .RequireDuty(DutyKind.Operate, DutyScope.City)
            .Audits(call => AuditSubject.OfCity("search_by_plate", new(ReasonOf(call.GetArgument<PlateSearchRequest>(0), []))))
            .WithName("SearchArchivedStaysByPlate").WithSummary("Archived stays of a vehicle, with a reason for the audit")
            .WithDescription(
                "The stays that began with this plate, oldest first, also of several people who had it one after the other. The reason "
                + "goes into the audit with who asks, the plate does not. The answer does not repeat it.")
            .WithRequestExample(ArchiveExamples.ByPlate)
            .WithResponseExample(ArchiveExamples.Page)
            .Meets(HttpProblems.InvalidRequest);

        archive.MapGet("{id}", GetAsync)
            .RequireDuty(DutyKind.Watch, FacilityOfStay)
            .WithName("GetArchivedStay").WithSummary("One archived stay, with every revision since its end")
            .WithResponseExample(ArchiveExamples.Stay)
            .Meets(StayNotArchived);
    }

    private static async Task<Results<Ok<ArchivedStaysAnswer>, ValidationProblem, ProblemHttpResult>> SearchAsync(
        string? facility,
        string? gate,
        string? @case,
        string? from,
        string? to,
        string? state,
        bool? open,
        string? passage,
        string? cursor,
        int? limit,
        CityDirectory city,
        StaySearch search,
        CaseSearch cases,
        CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>();
        if (new[] { facility, gate, @case }.Count(one => one is not null) != 1)
        {
            faults["facility"] = ["Name a facility, a gate or a case, and one of these only."];
        }

        if (!CaseNumber.TryParse(@case, out var number) && @case is not null)
        {
            faults["case"] = ["case is the number of a case, such as 1042-8, whose last digit is a check digit."];
        }

        if (open == true && state is not null)
        {
            faults["open"] = ["open goes without a state."];
        }

        if (passage is not (null or "entry" or "exit") || (passage is not null && (state is not null || open == true)))
        {
            faults["passage"] = ["passage is entry or exit, and goes without a state and without open."];
        }

        var range = RangeOf(QueryTime.Parse("from", from, faults), QueryTime.Parse("to", to, faults), cursor, limit, faults);
        var wanted = QueryName.Parse<StayState>("state", state, faults);
        foreach (var (name, isGiven) in new[] { ("state", state is not null), ("open", open == true), ("passage", passage is not null) })
        {
            if (isGiven && facility is null)
            {
                faults[name] = [$"{name} goes with a facility."];
            }
        }

        foreach (var (name, value) in new[] { ("from", from), ("to", to), ("cursor", cursor) })
        {
            if (value is not null && @case is not null)
            {
                faults[name] = [$"{name} goes with a facility or a gate: a case is about one stay."];
            }
        }

        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (@case is not null)
        {
            var stay = await cases.FindAsync(number, cancellationToken) is { } file
                ? await search.FindAsync(file.Case.Stay, cancellationToken)
                : null;
            return TypedResults.Ok(new ArchivePage(stay is null ? [] : [stay.Stay], null).ToContract());
        }

        if (gate is not null)
        {
            return city.FindGate(new(gate)) is { } lane
                ? TypedResults.Ok((await search.ByGateAsync(lane, range, cancellationToken)).ToContract())
                : CommandEndpoints.GateNotFound.ToResult();
        }

        if (city.FindFacility(new(facility!)) is not { } place)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var page = open == true ? await search.OpenAsync(place.Id, range, cancellationToken)
            : passage is not null ? await search.ByPassageAsync(
                place.Id, passage == "entry" ? GateDirection.Entry : GateDirection.Exit, range, cancellationToken)
            : await search.ByFacilityAsync(place.Id, (Timelines.StayState?)(int?)wanted, range, cancellationToken);
        return TypedResults.Ok(page.ToContract());
    }

    private static async Task<Results<Ok<ArchivedStaysAnswer>, ValidationProblem>> SearchByPlateAsync(
        PlateSearchRequest request, Staff staff, StaySearch search, ILogger<StaySearch> logger, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>();
        if (!Plate.TryParse(request.Plate, out var plate))
        {
            faults["plate"] = ["plate is no plate."];
        }

        _ = ReasonOf(request, faults);
        var range = RangeOf(request.From, request.To, request.Cursor, request.Limit, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        PlateSearched(logger, staff);
        return TypedResults.Ok((await search.ByPlateAsync(plate, range, cancellationToken)).ToContract());
    }

    /// <summary>The reason as the audit keeps it; null, and a fault, if it is none, or has the plate in it.</summary>
    private static string? ReasonOf(PlateSearchRequest request, Dictionary<string, string[]> faults)
    {
        var reason = PlainText.Clean(request.Reason ?? "").Trim();
        if (reason.Length is < MinReason or > MaxReason || !PlainText.HasVisible(reason))
        {
            faults["reason"] = [$"reason has {MinReason} to {MaxReason} characters."];
        }
        else if (Plate.TryParse(request.Plate, out var plate) && plate.IsIn(reason))
        {
            faults["reason"] = ["reason says why, and is kept: leave the plate out of it."];
        }

        return faults.ContainsKey("reason") ? null : reason;
    }

    private static async Task<Results<Ok<ArchivedStayAnswer>, ProblemHttpResult>> GetAsync(
        string id, StaySearch search, CancellationToken cancellationToken) =>
        CodeId.TryParse(id, out var name) && await search.FindAsync(name, cancellationToken) is { } found
            ? TypedResults.Ok(found.ToContract())
            : StayNotArchived.ToResult();

    private static ArchiveRange RangeOf(
        Instant? from, Instant? to, string? cursor, int? limit, Dictionary<string, string[]> faults)
    {
        var (most, after) = PageOf(cursor, limit, faults);
        return new(from ?? NodaConstants.UnixEpoch, to ?? Instant.FromUtc(9999, 1, 1, 0, 0), most, after);
    }

    /// <summary>How many stays a page has at most, and where the one before ended; what is wrong is added to the faults.</summary>
    public static (int Limit, ArchiveCursor? After) PageOf(string? cursor, int? limit, Dictionary<string, string[]> faults)
    {
        if (limit is < 1 or > MaxLimit)
        {
            faults["limit"] = [$"limit is a whole number from 1 to {MaxLimit}."];
        }

        var after = cursor is null ? null : ArchiveMapping.ParseCursor(cursor);
        if (cursor is not null && after is null)
        {
            faults["cursor"] = ["cursor is the text that the page before had as next."];
        }

        return (limit ?? UsualLimit, after);
    }

    [LoggerMessage(1040, LogLevel.Information, "Operator {Staff} searched the archive by a plate", EventName = "ArchiveSearchedByPlate")]
    private static partial void PlateSearched(ILogger logger, Staff staff);
}
