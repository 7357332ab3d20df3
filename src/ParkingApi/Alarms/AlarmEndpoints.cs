using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Alarms;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Sql;
using Parking.Contracts;
using Parking.Events;
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

    /// <summary>What the audit says if an alarm was raised anew since it was seen.</summary>
    private const string OtherOccurrence = "other-occurrence";

    private static readonly Duration LongestShelving = Duration.FromHours(24);

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
        var wantedState = Parse<Contracts.AlarmState>("state", state, faults);
        var wantedPriority = Parse<Contracts.AlarmPriority>("priority", priority, faults);
        if (faults.Count > 0)
        {
            return Refused(faults);
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

    /// <remarks>Takes no cancellation token, like all that follow: it changes state.</remarks>
    private static async Task<Results<Ok<AcknowledgeAnswer>, ValidationProblem, ProblemHttpResult>> AcknowledgeAsync(
        AcknowledgeRequest request, Staff staff, AlarmBook book, AlarmKeeper keeper, AlarmWatch watch, AuditedActs acts, CityDirectory city,
        IClock clock, HttpResponse response, ILogger<AlarmKeeper> logger)
    {
        if (request.Alarms.Any(seen => seen is not { Id: not null, Occurrence: > 0 }))
        {
            return Refused(new() { ["alarms"] = ["alarms have an id and an occurrence each, which begins with 1."] });
        }

        var now = clock.GetCurrentInstant().ToMilliseconds();
        var asked = request.Alarms
            .Select(seen => (Seen: seen, Cause: AlarmCause.TryParse(seen.Id, out var cause) ? cause : (AlarmCause?)null)).ToList();
        var steps = asked.Where(one => one.Cause is { } cause && MayAct(cause) && AuditSubject.IsName(cause, city, book))
            .Select(one => new AlarmAcknowledged(one.Cause!.Value, now, one.Seen.Occurrence, staff.Name)).Distinct().ToList();
        var subjects = steps
            .Select(step => (AuditSubject.OfAlarm("acknowledge_alarm", step.Cause), GrantOf(step.Cause.ScopeIn(city)))).ToList();
        IReadOnlyList<BegunAct> begun;
        try
        {
            begun = await acts.BeginAsync(subjects, staff);
        }
        catch (BackOfficeUnavailableException)
        {
            return AuditedEndpoints.Refuse(response);
        }

        IReadOnlyDictionary<AlarmCause, Alarm> alarms;
        try
        {
            alarms = await keeper.ApplyAsync(steps, CancellationToken.None);
        }
        catch (BackOfficeUnavailableException)
        {
            await acts.EndAsync([.. begun.Select(act => (act, HttpProblems.BackOfficeUnavailable.Name))]);
            throw;
        }

        await acts.EndAsync([.. begun.Zip(steps, (act, step) => (act, ResultOf(step)))]);
        watch.Tell();
        foreach (var alarm in alarms.Values.Where(alarm => alarm.Acknowledgement == new Acknowledgement(staff.Name, now)))
        {
            Acknowledged(logger, staff, alarm.Cause, alarm.Occurrence);
        }

        return TypedResults.Ok(new AcknowledgeAnswer([.. asked.Select(one => Outcome(one.Seen, one.Cause))]));

        GrantedDuty GrantOf(Scope scope) => new(staff.Duties.FirstThatAllows(DutyKind.Operate, scope)!.Value, scope);

        string ResultOf(AlarmAcknowledged step) => !alarms.TryGetValue(step.Cause, out var alarm) ? AlarmNotFound.Name
            : alarm.Occurrence != step.Occurrence ? OtherOccurrence
            : AuditedActs.Done;

        bool MayAct(AlarmCause? cause) => staff.Duties.Allows(DutyKind.Operate, cause?.ScopeIn(city) ?? Scope.City);

        AcknowledgedAlarm Outcome(SeenAlarm seen, AlarmCause? cause)
        {
            var alarm = cause is { } known ? alarms.GetValueOrDefault(known) : null;
            var outcome = !MayAct(cause) ? AcknowledgeOutcome.Forbidden
                : alarm is null ? AcknowledgeOutcome.NotFound
                : alarm.Occurrence != seen.Occurrence ? AcknowledgeOutcome.OtherOccurrence
                : AcknowledgeOutcome.Acknowledged;
            return new(seen.Id, outcome, alarm?.ToContract(city, now));
        }
    }

    private static async Task<Results<Ok<AlarmAnswer>, ValidationProblem, ProblemHttpResult>> ShelveAsync(
        string id, ShelveRequest request, Staff staff, AlarmKeeper keeper, AlarmWatch watch, CityDirectory city, IClock clock,
        ILogger<AlarmKeeper> logger)
    {
        var now = clock.GetCurrentInstant();
        var faults = new Dictionary<string, string[]>();
        if (request.Reason.Trim().Length < MinReason || request.Reason.Any(char.IsControl))
        {
            faults["reason"] = ["reason is one line of text for people."];
        }

        if (request.Until <= now || request.Until > now + LongestShelving)
        {
            faults["until"] = ["until is later than now, and at most 24 hours."];
        }

        if (faults.Count > 0)
        {
            return Refused(faults);
        }

        return await ApplyAsync(
            id,
            cause => new AlarmShelved(cause, now, request.Reason.Trim(), request.Until, staff.Name),
            keeper,
            watch,
            city,
            now,
            alarm => Shelved(logger, staff, alarm.Cause, request.Until)) is { } shelved
            ? TypedResults.Ok(shelved)
            : AlarmNotFound.ToResult();
    }

    private static async Task<Results<Ok<AlarmAnswer>, ProblemHttpResult>> UnshelveAsync(
        string id, Staff staff, AlarmKeeper keeper, AlarmWatch watch, CityDirectory city, IClock clock, ILogger<AlarmKeeper> logger)
    {
        var now = clock.GetCurrentInstant();
        return await ApplyAsync(
            id,
            cause => new AlarmUnshelved(cause, now),
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
        AlarmKeeper keeper,
        AlarmWatch watch,
        CityDirectory city,
        Instant now,
        Action<Alarm> log)
    {
        if (!AlarmCause.TryParse(id, out var cause)
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

    private static T? Parse<T>(string name, string? text, Dictionary<string, string[]> faults)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        var names = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        if (!names.TryGetValue(text, out var found))
        {
            faults[name] = [$"{name} is one of {string.Join(", ", names.Keys)}."];
            return null;
        }

        return found;
    }

    private static ValidationProblem Refused(Dictionary<string, string[]> faults) =>
        TypedResults.ValidationProblem(faults, type: HttpProblems.InvalidRequest.Type, title: HttpProblems.InvalidRequest.Title);

    [LoggerMessage(
        9032,
        LogLevel.Information,
        "Operator {Staff} acknowledged alarm {Alarm}, occurrence {Occurrence}",
        EventName = "AlarmAcknowledged")]
    private static partial void Acknowledged(ILogger logger, Staff staff, AlarmCause alarm, long occurrence);

    [LoggerMessage(9033, LogLevel.Information, "Operator {Staff} shelved alarm {Alarm} until {Until}", EventName = "AlarmShelved")]
    private static partial void Shelved(ILogger logger, Staff staff, AlarmCause alarm, Instant until);

    [LoggerMessage(9034, LogLevel.Information, "Operator {Staff} took the shelved alarm {Alarm} back", EventName = "AlarmUnshelved")]
    private static partial void Unshelved(ILogger logger, Staff staff, AlarmCause alarm);
}
