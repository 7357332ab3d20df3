using System.Diagnostics;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Tariffs;
using Parking.Codes;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stays;
using Parking.Timelines;
using StayRevision = Parking.Timelines.StayRevision;
using StayState = Parking.Timelines.StayState;

namespace Parking.Api.Stays;

/// <summary>Maps a holder's stays to contracts.</summary>
internal sealed class StayDescription(StayNames names, StayPricing pricing, CityDirectory city)
{
    /// <param name="holder">The holder of the stay.</param>
    /// <param name="record">The stay.</param>
    /// <param name="account">The holder's vehicles; null for an operator, who may not see them.</param>
    /// <param name="now">The current time.</param>
    /// <param name="inFull">Whether to add the lines of the price and the revisions.</param>
    public StayAnswer Describe(HolderId holder, StayRecord record, VehicleAccount? account, Instant now, bool inFull)
    {
        var stay = city.Judge(record.Stay, now);
        return new()
        {
            Id = names.NameOf(holder, stay).ToString(),
            Version = record.Version,
            State = stay.State.ToContract(),
            SupersededBy = record.SupersededBy is { } whole ? names.NameOf(holder, whole).ToString() : null,
            Facility = stay.Facility.Value,
            Plate = account?.PlateOf(stay)?.Value,
            Doubts = DoubtsFor(account, stay.Doubts).ToContract(stay.State),
            EnteredAt = stay.EnteredAt,
            EarliestEntry = stay.EarliestEntry,
            ExitedAt = stay.ExitedAt,
            LatestExit = stay.LatestExit,
            EndedAt = stay.EndedAt,
            Ending = stay.Ending.ToContract(),
            Quote = stay.State is StayState.Superseded or StayState.Withdrawn ? null : QuoteOf(stay, now, inFull || stay.IsOpen),
            Revisions = inFull ? [.. record.Revisions.Select(revision => Describe(revision, account))] : null,
        };
    }

    /// <summary>A driver is not told where a plate is parked under another holder.</summary>
    private static StayDoubts DoubtsFor(VehicleAccount? account, StayDoubts doubts) =>
        account is null ? doubts : doubts.ForOwner();

    private QuoteAnswer? QuoteOf(Stay stay, Instant now, bool withLines)
    {
        var quote = withLines ? pricing.QuoteOf(stay, now)?.ToContract() : pricing.TotalsOf(stay, now)?.ToContractWithoutLines();
        return quote is null ? null : quote with { NextChange = pricing.NextChangeOf(stay, now)?.ToContract() };
    }

    private Contracts.StayRevision Describe(StayRevision revision, VehicleAccount? account)
    {
        var at = revision.Because.RecordedAt;
        return new(
            revision.Version,
            at,
            CauseOf(revision.Because),
            revision.Because.Id.ToString(),
            revision.OccurredAt,
            [.. StayDifferences.Between(Told(revision.Before), Told(revision.After))]);

        ToldStay Told(Stay stay)
        {
            var judged = city.Judge(stay, at);
            return new(
                judged.EnteredAt,
                judged.ExitedAt,
                judged.EndedAt,
                judged.Ending,
                judged.State,
                DoubtsFor(account, judged.Doubts),
                FeeOf(judged));
        }
    }

    /// <summary>The fee of an ended stay at its end; null if it is open, superseded or withdrawn.</summary>
    private long? FeeOf(Stay stay) => stay is { EndedAt: { } endedAt, State: not (StayState.Superseded or StayState.Withdrawn) }
        ? pricing.TotalsOf(stay, endedAt)?.Total
        : null;

    private static RevisionCause CauseOf(GateEvent because) => because switch
    {
        ScanEvent { Decision.Reason: ScanReason.LetOut } => RevisionCause.OpenedByHand,
        ScanEvent scan => scan.IsOffline ? RevisionCause.LateScan : RevisionCause.Scan,
        InventoryEvent inventory => inventory.IsByOperator ? RevisionCause.Closed : RevisionCause.Inventory,
        ActEvent { Act: var act } => act switch
        {
            BarrierAct.Opened => RevisionCause.Opened,
            BarrierAct.StayedShut => RevisionCause.StayedShut,
            BarrierAct.Passed => RevisionCause.Passed,
            BarrierAct.BackedOut => RevisionCause.BackedOut,
            BarrierAct.OpenedByHand => RevisionCause.OpenedByHand,
            _ => throw new UnreachableException($"{act} is no act."),
        },
        _ => throw new UnreachableException($"{because.GetType().Name} is no event of a timeline."),
    };
}
