using NodaTime;

namespace Parking.Alarms;

/// <summary>
/// Makes steps of alarms of what looks find: a condition has to be seen for some time before its alarm is raised, and must not have been
/// seen by any instance for some time before it returns (<see cref="AlarmRule"/>). For one caller at a time.
/// </summary>
public sealed class AlarmDelays
{
    private readonly Dictionary<AlarmCause, Instant> _seenSince = [];
    private readonly Dictionary<AlarmCause, Instant> _goneSince = [];

    /// <summary>The steps that follow from a look.</summary>
    /// <param name="look">What it found.</param>
    /// <param name="book">The alarms as they are known.</param>
    /// <param name="now">When it was.</param>
    public IReadOnlyList<AlarmStep> StepsFor(AlarmConditions look, AlarmBook book, Instant now)
    {
        var steps = new List<AlarmStep>();
        foreach (var cause in look.Present)
        {
            _goneSince.Remove(cause);
            _seenSince.TryAdd(cause, now);
            if (now - _seenSince[cause] < cause.Rule.RaisesAfter)
            {
                continue;
            }

            var alarm = book.Find(cause);
            if (!alarm.IsActive)
            {
                steps.Add(new AlarmRaised(cause, now));
            }
            else if (now - alarm.SeenAt >= cause.Rule.NotedEvery)
            {
                steps.Add(new AlarmSeen(cause, now));
            }
        }

        foreach (var cause in _seenSince.Keys.Where(cause => !look.Holds(cause)).ToList())
        {
            _seenSince.Remove(cause);
        }

        foreach (var alarm in book.All())
        {
            if (alarm.Shelving is { } shelving && shelving.Until <= now)
            {
                steps.Add(new AlarmShelvingEnded(alarm.Cause, now));
            }

            if (!alarm.IsActive || look.Holds(alarm.Cause) || !look.IsKnown(alarm.Cause))
            {
                _goneSince.Remove(alarm.Cause);
                continue;
            }

            _goneSince.TryAdd(alarm.Cause, now);
            if (now - Instant.Max(_goneSince[alarm.Cause], alarm.SeenAt) >= alarm.Cause.Rule.ReturnsAfter)
            {
                steps.Add(new AlarmReturned(alarm.Cause, now));
            }
        }

        return steps;
    }
}
