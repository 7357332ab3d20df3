using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Takes in scans that were decided before, from their decision tokens. A scan that the timeline still has is left as it is; a scan that
/// the store has lost is put back exactly as it was.
/// </summary>
public sealed class DecisionTokenHandler(
    ITimelineStore timelines,
    IJournalStore journals,
    DecisionTokens tokens,
    ScanCompletion completion,
    SpaceAudit audit,
    IClock clock)
{
    /// <returns>The outcome; null if the token does not belong to this event.</returns>
    /// <remarks>
    /// A token of a later version is not taken in, and not refused for ever either: its gate keeps it until this service is that version.
    /// </remarks>
    public async Task<EventResult?> HandleAsync(Gate gate, GateEventId id, string token)
    {
        DecisionToken? found;
        try
        {
            found = tokens.Open(token, id);
        }
        catch (InvalidDataException e)
        {
            var view = await journals.LookUpAsync(gate.Facility.Id, id.Gate, id.Journal, []);
            return new(EventOutcome.Waiting, view.AcknowledgedThrough, Error: e.Message);
        }

        if (found is not { } opened)
        {
            return null;
        }

        if (opened is not { Holder: { } holder, Scan: { } scan })
        {
            return await completion.AnswerNobodyAsync(gate.Facility.Id, id, opened.Content, opened.Decision);
        }

        while (true)
        {
            var stored = await timelines.LoadAsync(holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            if (timeline.Find(id) is { } known)
            {
                return known is ScanEvent decided && known.Content == scan.Content
                    ? await completion.CompleteAgainAsync(holder, decided, timeline, audit)
                    : EventResult.Conflict((await journals.LookUpAsync(scan.Facility, id.Gate, id.Journal, [])).AcknowledgedThrough);
            }

            // If the scan was trimmed before and comes again, trimming drops it at once.
            var next = timeline.Add(scan).Trim(clock.GetCurrentInstant());
            if (next.Find(id) is null || await timelines.CommitAsync(holder, stored.Version, RecentTimelines.Encode(next)))
            {
                await audit.FollowAsync(holder, timeline, next, stored.Version + 1);
                return await completion.CompleteAsync(holder, scan, next);
            }
        }
    }
}
