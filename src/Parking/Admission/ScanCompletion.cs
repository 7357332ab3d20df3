using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Tariffs.Quotes;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// The third step of a scan: carries a decision that is safe in a timeline over to the facilities that it touches, and answers it.
/// Repeating this step changes nothing, so whoever finds it undone does it: the same scan reported again, or the sweep.
/// </summary>
public sealed class ScanCompletion(
    ITimelineStore timelines,
    IJournalStore journals,
    ISpaceStore spaces,
    StayNames names,
    StayPricing pricing,
    DecisionTokens tokens)
{
    /// <summary>Gives back the spaces that the decision freed, and keeps and returns the answer.</summary>
    /// <param name="decided">
    /// The scan as it stands in <paramref name="timeline"/>. It is marked at the scan's facility, which may differ from the gate's facility
    /// today.
    /// </param>
    public async Task<EventResult> CompleteAsync(HolderId holder, ScanEvent decided, Timeline timeline)
    {
        var ended = timeline.Stays.FirstOrDefault(stay => stay.EndedBy == decided.Id);
        var quote = ended is null ? null : pricing.QuoteOf(ended, decided.Decision.At);
        var answer = AnswerTo(holder, decided, ended, quote);
        List<GateEventId> freedHere = timeline.Passages.Passed(decided) ? [] : [decided.Id];
        if (ended is { EnteredAt: not null })
        {
            if (ended.Facility == decided.Facility)
            {
                freedHere.Add(ended.Id);
            }
            else
            {
                await spaces.GiveBackAsync(ended.Facility, [ended.Id]);
            }
        }

        var marking = await journals.MarkAsync(decided.Facility, decided.Id, decided.Content, answer.Encode(), freedHere);
        var token = tokens.Seal(holder, decided);
        return marking.Status switch
        {
            MarkingStatus.OtherContent => EventResult.Conflict(marking.AcknowledgedThrough),
            // The first answer stands.
            MarkingStatus.KeptBefore => Decided(
                StoredAnswer.Decode(marking.Answer), quote, token, marking.AcknowledgedThrough, new(holder, decided), isRepeat: true),
            var status => Decided(
                answer, quote, token, marking.AcknowledgedThrough, new(holder, decided), isRepeat: status == MarkingStatus.Forgotten),
        };
    }

    /// <summary>
    /// Completes a scan that its gate sends again. A cluster keeps spaces and timelines on different machines, and the machine with the
    /// spaces may have lost some of them, or have too many: they follow the timeline again before the scan is acknowledged.
    /// </summary>
    public async Task<EventResult> CompleteAgainAsync(HolderId holder, ScanEvent decided, Timeline timeline, SpaceAudit audit)
    {
        await audit.AuditAsync(holder);
        return await CompleteAsync(holder, decided, timeline);
    }

    /// <summary>Keeps and returns the answer to a scan that concerns no holder.</summary>
    public async Task<EventResult> AnswerNobodyAsync(FacilityId facility, GateEventId id, Fingerprint content, Decision decision)
    {
        var answer = new StoredAnswer(decision.Reason, decision.At);
        var marking = await journals.MarkAsync(facility, id, content, answer.Encode(), []);
        return marking.Status switch
        {
            MarkingStatus.OtherContent => EventResult.Conflict(marking.AcknowledgedThrough),
            MarkingStatus.Forgotten => EventResult.Forgotten(marking.AcknowledgedThrough),
            MarkingStatus.Kept => Decided(
                answer, null, tokens.Seal(id, content, decision), marking.AcknowledgedThrough, null, isRepeat: false),
            _ => await RepeatAsync(id, content, marking.Answer, marking.AcknowledgedThrough),
        };
    }

    /// <summary>Returns the first answer again. The lines of a fee and the decision token are made from the timeline.</summary>
    public async Task<EventResult> RepeatAsync(GateEventId id, Fingerprint content, ReadOnlyMemory<byte> kept, long acknowledgedThrough)
    {
        if (!KeptEvent.IsScan(kept))
        {
            // The number belongs to an event that is not a scan.
            return EventResult.Conflict(acknowledgedThrough);
        }

        var answer = StoredAnswer.Decode(kept);
        if (HolderOf(answer) is not { } holder)
        {
            var nobodysToken = tokens.Seal(id, content, new(answer.Reason, answer.DecidedAt));
            return Decided(answer, null, nobodysToken, acknowledgedThrough, null, isRepeat: true);
        }

        var timeline = RecentTimelines.Decode((await timelines.LoadAsync(holder)).Content);
        var ended = answer.Fee is null ? null : timeline.Stays.FirstOrDefault(stay => names.NameOf(holder, stay) == answer.Stay);
        var decided = timeline.Find(id) as ScanEvent;
        return Decided(
            answer,
            ended is null ? null : pricing.QuoteOf(ended, answer.DecidedAt),
            decided is null ? null : tokens.Seal(holder, decided),
            acknowledgedThrough,
            decided is null ? null : new(holder, decided),
            isRepeat: true);
    }

    /// <summary>The holder whose timeline has an answered scan; null if the scan concerns no holder.</summary>
    public HolderId? HolderOf(StoredAnswer answer) => answer.Holder ?? (answer.Stay is { } stay ? names.HolderOf(stay) : null);

    private StoredAnswer AnswerTo(HolderId holder, ScanEvent decided, Stay? ended, Quote? quote)
    {
        var decision = decided.Decision;
        if (!decision.Opens)
        {
            return new(decision.Reason, decision.At, Holder: holder);
        }

        if (decided.Direction == GateDirection.Entry)
        {
            return new(
                decision.Reason, decision.At, names.NameOf(holder, decided.Vehicle, decided.Id), decided.LatestAt ?? decided.OccurredAt);
        }

        // There is no such stay if acts took the exit back before it was answered.
        return ended is null
            ? new(decision.Reason, decision.At, Holder: holder)
            : new(
                decision.Reason, decision.At, names.NameOf(holder, ended), ended.EnteredAt, ended.EndedAt,
                decided.Displayed is { } shown ? new(shown.Total, shown.Currency)
                    : quote is null ? null : new(quote.Total, quote.Currency));
    }

    /// <param name="quote">The quote of the stay that the scan ended, as it is calculated now.</param>
    private static EventResult Decided(
        StoredAnswer answer, Quote? quote, string? token, long acknowledgedThrough, DecidedScan? decided, bool isRepeat) => new(
        EventOutcome.Decided,
        acknowledgedThrough,
        new()
        {
            Decision = answer.Reason.Decision(),
            Reason = answer.Reason,
            DecidedAt = answer.DecidedAt,
            Stay = answer.Stay is { } stay
                ? new() { Id = stay.ToString(), EnteredAt = answer.EnteredAt, ExitedAt = answer.ExitedAt }
                : null,
            Fee = answer.Fee is { } fee ? FeeOf(fee, quote) : null,
            Display = GateDisplays.For(answer),
            DecisionToken = token,
        },
        Decided: decided,
        IsRepeat: isRepeat);

    /// <summary>
    /// The fee as it was first told. If its lines come out differently now (the tariff's file was changed), the fee has no lines.
    /// </summary>
    private static Fee FeeOf(StoredFee kept, Quote? quote) => new()
    {
        Currency = kept.Currency,
        Total = kept.Total,
        Lines = quote is { Lines.Length: <= Fee.MaxLines } && quote.Total == kept.Total && quote.Currency == kept.Currency
            ? [.. quote.Lines.Select(line => new FeeLine { Text = new(line.Text.Zh, line.Text.En), Amount = line.Amount })]
            : null,
    };
}
