using NodaTime;
using Parking.Facilities;

namespace Parking.Alarms;

/// <summary>
/// The alarms as this instance knows them: as they are stored, and the steps that are still to be stored. Without its database the book
/// goes on by itself.
/// </summary>
public sealed class AlarmBook
{
    /// <summary>
    /// What could not be stored for so long is told all the same. Before that it is told as stored: another instance may have been first.
    /// </summary>
    public static readonly Duration Patience = Duration.FromSeconds(5);

    /// <summary>So many steps of one alarm wait at most. Of more, the oldest are given up: what is left ends in the same state.</summary>
    private const int MostWaiting = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<AlarmCause, Alarm> _stored = [];
    private readonly Dictionary<AlarmCause, List<AlarmStep>> _waiting = [];

    /// <summary>The alarm after all steps that are known here.</summary>
    public Alarm Find(AlarmCause cause)
    {
        lock (_lock)
        {
            return Current(cause);
        }
    }

    /// <summary>
    /// Whether there was such an alarm, or may have been at another instance. All others are words of a caller, which nothing may keep.
    /// </summary>
    public bool Knows(AlarmCause cause, CityDirectory city) => cause.IsNamedIn(city) || Find(cause).Occurrence > 0;

    /// <summary>All alarms after all steps that are known here.</summary>
    public IReadOnlyList<Alarm> All()
    {
        lock (_lock)
        {
            return [.. _stored.Keys.Union(_waiting.Keys).Select(Current)];
        }
    }

    /// <summary>All alarms as people may be told of them.</summary>
    public IReadOnlyList<Alarm> Told(Instant now)
    {
        lock (_lock)
        {
            return _waiting.Values.Any(steps => steps.Exists(step => now - step.At >= Patience)) ? All() : [.. _stored.Values];
        }
    }

    /// <summary>The steps that are still to be stored, each alarm's in their order.</summary>
    public IReadOnlyList<AlarmStep> Waiting()
    {
        lock (_lock)
        {
            return [.. _waiting.Values.SelectMany(steps => steps)];
        }
    }

    /// <summary>Takes a step, unless it changes nothing.</summary>
    /// <returns>Whether it changes the alarm's state.</returns>
    public bool Take(AlarmStep step)
    {
        lock (_lock)
        {
            var before = Current(step.Cause);
            var after = before.After(step);
            if (after == before)
            {
                return false;
            }

            var waiting = _waiting.TryGetValue(step.Cause, out var known) ? known : _waiting[step.Cause] = [];
            if (after.Version == before.Version)
            {
                waiting.RemoveAll(earlier => earlier is AlarmSeen);
            }

            if (waiting.Count == MostWaiting)
            {
                waiting.RemoveRange(0, 2);
            }

            waiting.Add(step);
            return after.Version != before.Version;
        }
    }

    /// <summary>Notes alarms as they are stored now. What is known here in a later version stays.</summary>
    public void Note(IEnumerable<Alarm> stored)
    {
        lock (_lock)
        {
            foreach (var alarm in stored)
            {
                if (!_stored.TryGetValue(alarm.Cause, out var known)
                    || (alarm.Version, alarm.SeenAt).CompareTo((known.Version, known.SeenAt)) > 0)
                {
                    _stored[alarm.Cause] = alarm;
                }
            }
        }
    }

    /// <summary>Notes all alarms as they are stored now: after the database was away, which may have come back as an older copy.</summary>
    public void NoteAll(IEnumerable<Alarm> stored)
    {
        lock (_lock)
        {
            _stored.Clear();
            Note(stored);
        }
    }

    /// <summary>Forgets steps that were stored, or that came too late to change anything.</summary>
    public void Done(IEnumerable<AlarmStep> steps)
    {
        lock (_lock)
        {
            foreach (var step in steps)
            {
                if (_waiting.TryGetValue(step.Cause, out var waiting))
                {
                    waiting.Remove(step);
                    if (waiting.Count == 0)
                    {
                        _waiting.Remove(step.Cause);
                    }
                }
            }
        }
    }

    private Alarm Current(AlarmCause cause) => _waiting.GetValueOrDefault(cause, []).Aggregate(
        _stored.GetValueOrDefault(cause) ?? Alarm.Never(cause), (alarm, step) => alarm.After(step));
}
