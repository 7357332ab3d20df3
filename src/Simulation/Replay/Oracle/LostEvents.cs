using Parking.GateProtocol;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>
/// What the books can know when events were lost with the disk of a gate. It follows from what was damaged, not from what the gate could
/// still read.
/// </summary>
internal sealed class LostEvents(IEnumerable<DiskLoss> losses)
{
    private readonly HashSet<(JournalName Journal, long Seq)> _all =
        [.. losses.SelectMany(loss => loss.Events.Select(seq => (loss.Journal, seq)))];

    public int Count => _all.Count;

    public bool Has(SentInventory inventory) => inventory.Written is { } written && _all.Contains(written);

    /// <summary>
    /// Whether, for all that is left of a showing, its vehicle passed. A scan of which neither a decision nor an act is left is not
    /// reported. What a barrier did counts without what the vehicle did then.
    /// </summary>
    public bool HasPassed(Showing showing)
    {
        if (showing.Written is not { } written)
        {
            return showing.Outcome == VehicleOutcome.Passed;
        }
        var (decision, byHand, move) = (Has(written, written.Decision), Has(written, written.ByHand), Has(written, written.Move));
        var opened = decision && written is { ByHand: null, Move: not null };
        return Has(written, written.Scan) && (opened || byHand || move) && !(move && showing.Outcome == VehicleOutcome.BackedOut);
    }

    /// <summary>
    /// Whether it was an exit for a code that had expired, and no person opened. A scan without its decision is decided when it is
    /// reported: its code has expired by then.
    /// </summary>
    public bool IsLate(Showing showing) => showing.Written is not { } written
        ? showing.Reason == ScanReason.OpenedOfflineLate
        : showing.Direction == GateDirection.Exit && !Has(written, written.ByHand) && (!Has(written, written.Decision)
            || showing.Reason is ScanReason.OpenedOfflineLate or ScanReason.Expired or ScanReason.NotYetValid);

    /// <summary>Whether the service has an event or will get it.</summary>
    private bool Has(ShowingEvents written, long? seq) => seq is { } number && !_all.Contains((written.Journal, number));
}
