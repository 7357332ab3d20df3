using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.LiveStore;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>
/// The third step: what is decided, and safe in a timeline, is carried over to the facilities it touches and answered. Doing it
/// again changes nothing, so whoever finds it undone (the same scan posted again, or the sweep) does it.
/// </summary>
internal sealed class ScanFinish(ILiveStore store, StayNames names)
{
    /// <summary>Gives back the places that the decision freed, and keeps and returns the answer.</summary>
    /// <param name="decided">The scan, as it stands in <paramref name="timeline"/>; its facility, not the gate's of today, is where it is marked.</param>
    public async Task<ScanOutcome> CompleteAsync(HolderId holder, ScanEvent decided, Timeline timeline)
    {
        var answer = AnswerTo(holder, decided, timeline);
        var ended = timeline.Stays.FirstOrDefault(stay => stay.EndedBy == decided.Id);
        List<GateEventId> freedHere = decided.Decision.Opens ? [] : [decided.Id];
        if (ended is { EnteredAt: not null })
        {
            if (ended.Facility == decided.Facility)
            {
                freedHere.Add(ended.Id);
            }
            else
            {
                await store.GiveBackAsync(ended.Facility, [ended.Id]);
            }
        }

        var marking = await store.MarkAsync(decided.Facility, decided.Id, decided.Content, answer.Encode(), freedHere);
        return marking.Status switch
        {
            MarkingStatus.OtherContent => new ScanOutcome.Conflicting(),
            MarkingStatus.Forgotten => Outcome(answer, marking.AcknowledgedThrough),
            _ => Outcome(StoredAnswer.Decode(marking.Answer), marking.AcknowledgedThrough),
        };
    }

    /// <summary>Keeps and returns a refusal that concerns nobody's timeline.</summary>
    public async Task<ScanOutcome> RefuseAsync(IncomingScan scan, ScanReason reason, Instant decidedAt)
    {
        var refusal = new StoredAnswer(reason, decidedAt);
        var marking = await store.MarkAsync(scan.Gate.Facility.Id, scan.Id, scan.Content, refusal.Encode(), []);
        return marking.Status switch
        {
            MarkingStatus.OtherContent => new ScanOutcome.Conflicting(),
            MarkingStatus.Forgotten => new ScanOutcome.Forgotten(),
            _ => Outcome(StoredAnswer.Decode(marking.Answer), marking.AcknowledgedThrough),
        };
    }

    /// <summary>The first answer again.</summary>
    public static ScanOutcome Repeat(Reservation answered) => Outcome(StoredAnswer.Decode(answered.Answer), answered.AcknowledgedThrough);

    private StoredAnswer AnswerTo(HolderId holder, ScanEvent decided, Timeline timeline)
    {
        var decision = decided.Decision;
        if (!decision.Opens)
        {
            return new(decision.Reason, decision.At);
        }

        if (decided.Direction == GateDirection.Entry)
        {
            return new(decision.Reason, decision.At, names.NameOf(holder, decided.Vehicle, decided.Id), decided.OccurredAt);
        }

        var ended = timeline.Stays.First(stay => stay.EndedBy == decided.Id);
        return new(decision.Reason, decision.At, names.NameOf(holder, ended), ended.EnteredAt, ended.EndedAt);
    }

    private static ScanOutcome Outcome(StoredAnswer answer, long acknowledgedThrough) => new ScanOutcome.Answered(new()
    {
        Decision = answer.Reason.Opens() ? GateDecision.Open : GateDecision.Refuse,
        Reason = answer.Reason,
        DecidedAt = answer.DecidedAt,
        Stay = answer.Stay is { } stay
            ? new() { Id = stay.ToString(), EnteredAt = answer.EnteredAt, ExitedAt = answer.ExitedAt }
            : null,
        Display = GateDisplays.For(answer),
        AcknowledgedThrough = acknowledgedThrough,
    });
}
