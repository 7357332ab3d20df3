using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Alarms;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Alarms;

/// <summary>Alarms, for operators.</summary>
internal static partial class AlarmEndpoints
{
    /// <summary>How many alarms one person can deal with in ten minutes (EEMUA 191).</summary>
    private const int Aim = 1;

    private const int TenMinutesPerRateTime = 6;
    private const int MinReason = 3;


    private static readonly Duration LongestShelving = Duration.FromHours(24);

    /// <summary>Clocks of screens may be a little ahead: who asks for the whole day is not refused for that.</summary>
    private static readonly Duration ScreensAhead = Duration.FromMinutes(1);

    private static readonly ProblemKind AlarmNotFound = new(
        "alarm-not-found", StatusCodes.Status404NotFound, "There never was such an alarm");

    private static readonly DutyScope ScopeOfAlarm = new(
        "the alarm's facility; the city for the city's",
        context => new(
            AlarmCause.TryParse($"{context.GetRouteValue("id")}", out var cause)
                ? cause.ScopeIn(context.RequestServices.GetRequiredService<CityDirectory>())
                : Scope.City),
        IsNamedByCaller: false);

    public static void MapAlarms(this IEndpointRouteBuilder routes)
    {
        var alarms = routes.MapGroup("/v1/alarms").WithTags("Alarms").Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden);

        alarms.MapGet("", List)
            .RequireDuty(DutyKind.Watch, DutyScope.Anywhere)
            .WithName("ListAlarms")
            .WithSummary("The alarms that the caller may watch, with their counts, their rate, and what each kind means")
            .WithDescription(
                "All that are not normal; with `state` those in one state, with `priority` those of one priority. Alarms of gates and "
                + "facilities are their facility's, all others the city's. Told from memory while the back office is out of reach.")
            .WithResponseExample(AlarmExamples.List)
            .Meets(HttpProblems.InvalidRequest);

        alarms.MapPost("acknowledge", AcknowledgeAsync)
            .RequireDuty(DutyKind.Operate, DutyScope.Anywhere)
            .AuditsEach()
            .WithName("AcknowledgeAlarms").WithSummary("Says that somebody knows of alarms")
            .WithDescription(
                "Each is answered on its own. An alarm that was raised anew since it was seen is not acknowledged. Doing it again is "
                + "harmless.")
            .WithRequestExample(AlarmExamples.Acknowledge)
            .WithResponseExample(AlarmExamples.Acknowledged)
            .Meets(HttpProblems.InvalidRequest, HttpProblems.BackOfficeUnavailable);

        alarms.MapPost("{id}/shelve", ShelveAsync)
            .RequireDuty(DutyKind.Operate, ScopeOfAlarm)
            .Audits(call => AuditSubject.OfAlarm("shelve_alarm", call.HttpContext, call.GetArgument<ShelveRequest>(1).Reason))
            .WithName("ShelveAlarm").WithSummary("Puts an alarm aside until a given time, at most 24 hours")
            .WithDescription(
                "At its end the alarm is what it would be without. Again with another reason or end: that counts from then on.")
            .WithRequestExample(AlarmExamples.Shelve)
            .WithResponseExample(AlarmExamples.Shelved)
            .Meets(HttpProblems.InvalidRequest, AlarmNotFound, HttpProblems.BackOfficeUnavailable);

        alarms.MapPost("{id}/unshelve", UnshelveAsync)
            .RequireDuty(DutyKind.Operate, ScopeOfAlarm)
            .Audits(call => AuditSubject.OfAlarm("unshelve_alarm", call.HttpContext))
            .WithName("UnshelveAlarm").WithSummary("Takes an alarm back that was put aside; one that was not stays as it is")
            .WithResponseExample(AlarmExamples.Unshelved)
            .Meets(AlarmNotFound, HttpProblems.BackOfficeUnavailable);
    }

    private static Results<Ok<AlarmListAnswer>, ValidationProblem> List(
        string? state, string? priority, Staff staff, AlarmBook book, AlarmKeeper keeper, CityDirectory city, IClock clock)
    {
        var faults = new Dictionary<string, string[]>();
        var wantedState = QueryName.Parse<Contracts.AlarmState>("state", state, faults);
        var wantedPriority = QueryName.Parse<Contracts.AlarmPriority>("priority", priority, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        var now = clock.GetCurrentInstant();
        var isNormalWanted = wantedState == Contracts.AlarmState.Normal;
        var own = book.Told(now)
            .Where(alarm => (isNormalWanted || alarm.StateAt(now) != Parking.Alarms.AlarmState.Normal) && MayWatch(alarm.Cause))
            .Select(alarm => alarm.ToContract(city, now)).ToList();
        var raised = keeper.Raised.Count(raised => raised.At > now - AlarmKeeper.RateTime && MayWatch(raised.Cause));
        return TypedResults.Ok(new AlarmListAnswer(
            [
                .. own.Where(alarm => alarm.State == (wantedState ?? alarm.State) && alarm.Priority == (wantedPriority ?? alarm.Priority))
                    .OrderBy(alarm => alarm.Priority).ThenByDescending(alarm => alarm.RaisedAt)
                    .ThenBy(alarm => alarm.Id, StringComparer.Ordinal),
            ],
            [.. Enum.GetValues<Contracts.AlarmPriority>().Select(one => CountOf(one, own))],
            new(raised, Math.Round((decimal)raised / TenMinutesPerRateTime, 1), Aim),
            [.. AlarmRule.All.Select(rule => rule.ToContract())]));

        bool MayWatch(AlarmCause cause) => staff.Duties.Allows(DutyKind.Watch, cause.ScopeIn(city));
    }

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static async Task<Results<Ok<AlarmAnswer>, ValidationProblem, ProblemHttpResult>> ShelveAsync(
        string id, ShelveRequest request, Staff staff, AlarmBook book, AlarmKeeper keeper, AlarmWatch watch, CityDirectory city,
        IClock clock, ILogger<AlarmKeeper> logger)
    {
        var now = clock.GetCurrentInstant();
        var faults = new Dictionary<string, string[]>();
        if (request.Reason.Trim().Length < MinReason || !PlainText.IsOneLine(request.Reason))
        {
            faults["reason"] = ["reason is one line of text for people."];
        }

        if (request.Until <= now || request.Until > now + LongestShelving + ScreensAhead)
        {
            faults["until"] = ["until is later than now, and at most 24 hours."];
        }

        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        return await ApplyAsync(
            id,
            cause => new AlarmShelved(cause, now, request.Reason.Trim(), request.Until, staff.Name),
            book,
            keeper,
            watch,
            city,
            now,
            alarm => Shelved(logger, staff, alarm.Cause, request.Until)) is { } shelved
            ? TypedResults.Ok(shelved)
            : AlarmNotFound.ToResult();
    }

    private static async Task<Results<Ok<AlarmAnswer>, ProblemHttpResult>> UnshelveAsync(
        string id, Staff staff, AlarmBook book, AlarmKeeper keeper, AlarmWatch watch, CityDirectory city, IClock clock,
        ILogger<AlarmKeeper> logger)
    {
        var now = clock.GetCurrentInstant();
        return await ApplyAsync(
            id,
            cause => new AlarmUnshelved(cause, now),
            book,
            keeper,
            watch,
            city,
            now,
            alarm => Unshelved(logger, staff, alarm.Cause)) is { } back
            ? TypedResults.Ok(back)
            : AlarmNotFound.ToResult();
    }

    /// <returns>Null if there never was such an alarm.</returns>
    private static async Task<AlarmAnswer?> ApplyAsync(
        string id,
        Func<AlarmCause, AlarmStep> step,
        AlarmBook book,
        AlarmKeeper keeper,
        AlarmWatch watch,
        CityDirectory city,
        Instant now,
        Action<Alarm> log)
    {
        if (!AlarmCause.TryParse(id, out var cause)
            || !book.Knows(cause, city)
            || (await keeper.ApplyAsync([step(cause)], CancellationToken.None)).GetValueOrDefault(cause) is not { } alarm)
        {
            return null;
        }

        log(alarm);
        watch.Tell();
        return alarm.ToContract(city, now);
    }

    private static AlarmCount CountOf(Contracts.AlarmPriority priority, IReadOnlyList<AlarmAnswer> alarms)
    {
        var states = alarms.Where(alarm => alarm.Priority == priority).ToLookup(alarm => alarm.State);
        return new(
            priority,
            states[Contracts.AlarmState.Unacknowledged].Count(),
            states[Contracts.AlarmState.Acknowledged].Count(),
            states[Contracts.AlarmState.ReturnedUnacknowledged].Count(),
            states[Contracts.AlarmState.Shelved].Count());
    }

    [LoggerMessage(9033, LogLevel.Information, "Operator {Staff} shelved alarm {Alarm} until {Until}", EventName = "AlarmShelved")]
    private static partial void Shelved(ILogger logger, Staff staff, AlarmCause alarm, Instant until);

    [LoggerMessage(9034, LogLevel.Information, "Operator {Staff} took the shelved alarm {Alarm} back", EventName = "AlarmUnshelved")]
    private static partial void Unshelved(ILogger logger, Staff staff, AlarmCause alarm);
}
