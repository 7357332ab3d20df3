using Parking.Events;

namespace Parking.Timelines;

/// <summary>
/// What was known of stays, event by event in the order that the service took them in: each change says which event made it. Pure; nothing of it is stored, so nothing can
/// disagree with the events. Where the order of arrival does not matter to the stays, it is all that matters here.
/// </summary>
public static class StayHistory
{
    /// <summary>Every stay that there is or ever was, in the order they became known.</summary>
    public static IReadOnlyList<StayRecord> Of(Timeline timeline)
    {
        var records = new Dictionary<GateEventId, StayRecord>();
        var order = new List<GateEventId>();
        for (var known = 1; known <= timeline.Events.Length; known++)
        {
            var because = timeline.Events[known - 1];
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

    private static StayRecord Revise(StayRecord record, Stay now, Stay? supersededBy, GateEvent because) =>
        record.Stay == now && record.SupersededBy?.Id == supersededBy?.Id
            ? record with { SupersededBy = supersededBy }
            : new(now, record.Version + 1, supersededBy, record.Revisions.Add(new(record.Version + 1, because, record.Stay, now)));
}
