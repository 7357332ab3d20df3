using System.Diagnostics;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.LiveStore;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Tariffs.Quotes;

namespace Parking.Api.Gates;

/// <summary>
/// The third step: what is decided, and safe in a timeline, is carried over to the facilities it touches and answered. Doing it
/// again changes nothing, so whoever finds it undone (the same scan posted again, or the sweep) does it.
/// </summary>
internal sealed class ScanFinish(ILiveStore store, StayNames names, StayPricing pricing)
{
    /// <summary>Gives back the places that the decision freed, and keeps and returns the answer.</summary>
    /// <param name="decided">The scan, as it stands in <paramref name="timeline"/>; its facility, not the gate's of today, is where it is marked.</param>
    public async Task<ScanOutcome> CompleteAsync(HolderId holder, ScanEvent decided, Timeline timeline)
    {
        var ended = timeline.Stays.FirstOrDefault(stay => stay.EndedBy == decided.Id);
        var quote = ended is null ? null : pricing.QuoteOf(ended, decided.Decision.At);
        var answer = AnswerTo(holder, decided, ended, quote);
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
            MarkingStatus.Forgotten => Outcome(answer, quote, marking.AcknowledgedThrough),
            _ => Outcome(StoredAnswer.Decode(marking.Answer), quote, marking.AcknowledgedThrough),
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
            _ => await RepeatAsync(StoredAnswer.Decode(marking.Answer), marking.AcknowledgedThrough),
        };
    }

    /// <summary>The first answer again.</summary>
    public Task<ScanOutcome> RepeatAsync(Reservation answered) => RepeatAsync(StoredAnswer.Decode(answered.Answer), answered.AcknowledgedThrough);

    /// <remarks>A fee's lines come from its stay, which the answer names.</remarks>
    private async Task<ScanOutcome> RepeatAsync(StoredAnswer answer, long acknowledgedThrough)
    {
        if (answer is not { Fee: not null, Stay: { } name })
        {
            return Outcome(answer, null, acknowledgedThrough);
        }

        var holder = names.HolderOf(name);
        var timeline = TimelineCodec.Decode((await store.LoadAsync(holder)).Content);
        var ended = timeline.Stays.FirstOrDefault(stay => names.NameOf(holder, stay) == name);
        return Outcome(answer, ended is null ? null : pricing.QuoteOf(ended, answer.DecidedAt), acknowledgedThrough);
    }

    private StoredAnswer AnswerTo(HolderId holder, ScanEvent decided, Stay? ended, Quote? quote)
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

        var stay = ended ?? throw new UnreachableException("An exit that opened ended no stay.");
        return new(
            decision.Reason, decision.At, names.NameOf(holder, stay), stay.EnteredAt, stay.EndedAt,
            quote is null ? null : new(quote.Total, quote.Currency));
    }

    /// <param name="quote">Of the stay that the scan ended, as it is made now.</param>
    private static ScanOutcome Outcome(StoredAnswer answer, Quote? quote, long acknowledgedThrough) => new ScanOutcome.Answered(new()
    {
        Decision = answer.Reason.Opens() ? GateDecision.Open : GateDecision.Refuse,
        Reason = answer.Reason,
        DecidedAt = answer.DecidedAt,
        Stay = answer.Stay is { } stay
            ? new() { Id = stay.ToString(), EnteredAt = answer.EnteredAt, ExitedAt = answer.ExitedAt }
            : null,
        Fee = answer.Fee is { } fee ? FeeOf(fee, quote) : null,
        Display = GateDisplays.For(answer),
        AcknowledgedThrough = acknowledgedThrough,
    });

    /// <summary>The fee as it was first told. Should its lines come out otherwise by now (the tariff's file was changed), it goes without them.</summary>
    private static Fee FeeOf(StoredFee kept, Quote? quote) => new()
    {
        Currency = kept.Currency,
        Total = kept.Total,
        Lines = quote is { Lines.Length: <= Fee.MaxLines } && quote.Total == kept.Total && quote.Currency == kept.Currency
            ? [.. quote.Lines.Select(line => new FeeLine { Text = new(line.Text.Zh, line.Text.En), Amount = line.Amount })]
            : null,
    };
}
