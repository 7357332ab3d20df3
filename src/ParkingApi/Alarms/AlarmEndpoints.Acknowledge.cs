using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Alarms;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Sql;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Alarms;

/// <summary>Acknowledging many alarms at once, each for itself.</summary>
internal static partial class AlarmEndpoints
{
    private const string AcknowledgeAct = "acknowledge_alarm";

    /// <summary>What the audit calls acknowledging an occurrence that is not the last one: nothing was acknowledged.</summary>
    private const string OtherOccurrence = "other-occurrence";

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static async Task<Results<Ok<AcknowledgeAnswer>, ValidationProblem, ProblemHttpResult>> AcknowledgeAsync(
        AcknowledgeRequest request, Staff staff, AlarmBook book, AlarmKeeper keeper, AlarmWatch watch, AuditedActs acts, CityDirectory city,
        IClock clock, HttpResponse response, ILogger<AlarmKeeper> logger)
    {
        if (request.Alarms.Any(seen => seen is not { Id: not null, Occurrence: > 0 }))
        {
            return HttpProblems.Invalid(new() { ["alarms"] = ["alarms have an id and an occurrence each, which begins with 1."] });
        }

        var now = clock.GetCurrentInstant().ToMilliseconds();
        var asked = request.Alarms
            .Select(seen => (Seen: seen, Cause: AlarmCause.TryParse(seen.Id, out var cause) ? cause : (AlarmCause?)null)).ToList();
        var steps = asked.Where(one => MayAct(one.Cause) && one.Cause is { } cause && book.Knows(cause, city))
            .Select(one => new AlarmAcknowledged(one.Cause!.Value, now, one.Seen.Occurrence, staff.Name)).Distinct().ToList();
        IReadOnlyList<BegunAct> begun;
        try
        {
            begun = await acts.BeginAsync(
                [.. steps.Select(step => (AuditSubject.OfAlarm(AcknowledgeAct, step.Cause), GrantOf(step.Cause)))], staff);
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
        catch (Exception e)
        {
            await EndAsync(_ => AuditedEndpoints.NameOf(e));
            throw;
        }

        await EndAsync(step => OutcomeOf(step.Cause, step.Occurrence) switch
        {
            AcknowledgeOutcome.OtherOccurrence => OtherOccurrence,
            AcknowledgeOutcome.NotFound => AlarmNotFound.Name,
            _ => AuditedActs.Done,
        });
        watch.Tell();
        foreach (var alarm in alarms.Values.Where(alarm => alarm.Acknowledgement == new Acknowledgement(staff.Name, now)))
        {
            Acknowledged(logger, staff, alarm.Cause, alarm.Occurrence);
        }

        return TypedResults.Ok(new AcknowledgeAnswer(
        [
            .. asked.Select(one => new AcknowledgedAlarm(
                one.Seen.Id, OutcomeOf(one.Cause, one.Seen.Occurrence), Find(one.Cause)?.ToContract(city, now))),
        ]));

        GrantedDuty GrantOf(AlarmCause cause)
        {
            var scope = cause.ScopeIn(city);
            return new(staff.Duties.FirstThatAllows(DutyKind.Operate, scope)!.Value, scope);
        }

        bool MayAct(AlarmCause? cause) => staff.Duties.Allows(DutyKind.Operate, cause?.ScopeIn(city) ?? Scope.City);

        Alarm? Find(AlarmCause? cause) => cause is { } known ? alarms.GetValueOrDefault(known) : null;

        AcknowledgeOutcome OutcomeOf(AlarmCause? cause, long occurrence) => !MayAct(cause) ? AcknowledgeOutcome.Forbidden
            : Find(cause) is not { } alarm ? AcknowledgeOutcome.NotFound
            : alarm.Occurrence != occurrence ? AcknowledgeOutcome.OtherOccurrence
            : AcknowledgeOutcome.Acknowledged;

        Task EndAsync(Func<AlarmAcknowledged, string> resultOf) =>
            acts.EndAsync([.. begun.Zip(steps, (act, step) => (act, resultOf(step)))]);
    }

    [LoggerMessage(
        9032,
        LogLevel.Information,
        "Operator {Staff} acknowledged alarm {Alarm}, occurrence {Occurrence}",
        EventName = "AlarmAcknowledged")]
    private static partial void Acknowledged(ILogger logger, Staff staff, AlarmCause alarm, long occurrence);
}
