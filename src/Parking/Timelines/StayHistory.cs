using System.Collections.Immutable;
using NodaTime;
using Parking.Events;

namespace Parking.Timelines;

/// <summary>
/// What was known of each stay, event by event in the order in which the service recorded them. Each change names the event that caused it.
/// Pure. Nothing of it is stored, so nothing can disagree with the events. The order of arrival does not affect the stays, but it is what
/// counts here.
/// </summary>
public static class StayHistory
{
    /// <summary>Every stay that there is or ever was, in the order in which they became known.</summary>
    public static IReadOnlyList<StayRecord> Of(Timeline timeline)
    {
        var records = new Dictionary<GateEventId, StayRecord>();
        var order = new List<GateEventId>();
        var scans = timeline.Scans.ToDictionary(scan => scan.Id, scan => scan.OccurredAt);
        for (var known = 1; known <= timeline.Events.Length; known++)
        {
            var added = timeline.Events[known - 1];
            var earliest = added is ActEvent act ? scans.GetValueOrDefault(act.Scan) : added.OccurredAt;
            var because = new Cause(added, Instant.Max(added.OccurredAt, earliest));
            var stays = known == timeline.Events.Length ? timeline.Stays : TimelineFold.Fold(timeline.Events[..known]);
            foreach (var stay in stays)
            {
                if (records.TryGetValue(stay.Id, out var record))
                {
                    records[stay.Id] = Revise(record, stay, null, because);
                }
                else
                {
                    records.Add(stay.Id, new(stay, 1, null, []));
                    order.Add(stay.Id);
                }
            }

            foreach (var gone in records.Keys.Except(stays.Select(stay => stay.Id)).ToList())
            {
                var whole = stays.FirstOrDefault(stay => stay.EndedBy == gone);
                var last = records[gone].Stay with { State = whole is null ? StayState.Withdrawn : StayState.Superseded };
                records[gone] = Revise(records[gone], last, whole, because);
            }
        }

        return [.. order.Select(id => records[id])];
    }

    private static StayRecord Revise(StayRecord record, Stay now, Stay? supersededBy, Cause because) =>
        record.Stay == now && record.SupersededBy?.Id == supersededBy?.Id
            ? record with { SupersededBy = supersededBy }
            : new(now, record.Version + 1, supersededBy, record.Revisions.Add(
                new(record.Version + 1, because.Event, record.Stay, now, because.OccurredAt)));

    private readonly record struct Cause(GateEvent Event, Instant OccurredAt);
}

/// <summary>A stay and how it became what it is.</summary>
/// <param name="Stay">
/// The stay as it is now. If it no longer exists, as it was last, with the state <see cref="StayState.Superseded"/> or
/// <see cref="StayState.Withdrawn"/>.
/// </param>
/// <param name="Version">1 when the stay was first known, and one more with each change.</param>
/// <param name="SupersededBy">The stay of which it turned out to be a part; null if there is none.</param>
/// <param name="Revisions">What changed since version 1, in order.</param>
public sealed record StayRecord(Stay Stay, int Version, Stay? SupersededBy, ImmutableArray<StayRevision> Revisions);

/// <summary>One change of a stay.</summary>
/// <param name="Version">The version to which it led.</param>
/// <param name="Because">The event that was recorded then.</param>
/// <param name="Before">The stay before it.</param>
/// <param name="After">The stay after it.</param>
/// <param name="OccurredAt">When the event happened: an act not before its scan, whatever the gate's clock said.</param>
public sealed record StayRevision(int Version, GateEvent Because, Stay Before, Stay After, Instant OccurredAt);
