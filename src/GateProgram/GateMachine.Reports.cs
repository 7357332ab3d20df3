using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>What people and devices at the gate report beside scans: it goes into the journal like any other event.</summary>
public sealed partial class GateMachine
{
    /// <summary>A second vehicle followed through on one opening.</summary>
    public Task TailgateAsync() => ReportAsync(GateIncident.Tailgating, null);

    /// <summary>A person opens the barrier.</summary>
    /// <param name="reason">Why: 1 to 200 characters, naming nobody.</param>
    /// <exception cref="InvalidOperationException">It is open.</exception>
    public Task OpenByHandAsync(string reason) => InLaneAsync(() =>
    {
        if (reason.Length is 0 or > ReportedAct.MaxReasonLength)
        {
            throw new ArgumentException($"A reason has 1 to {ReportedAct.MaxReasonLength} characters.", nameof(reason));
        }
        if (IsOpen)
        {
            throw new InvalidOperationException("The barrier is open.");
        }
        Write(seq => new JournalGroup { Events = [_events.Act(seq, BarrierAct.OpenedByHand, _barrier.Scan, reason)] });
        _barrier.OpenByHand();
    });

    /// <summary>Somebody went round and looked.</summary>
    /// <param name="closes">Ids of stays whose vehicles are not there.</param>
    /// <param name="count">How many vehicles are there; null: not counted.</param>
    public Task ReportInventoryAsync(IReadOnlyList<string> closes, int? count) => InLaneAsync(() =>
    {
        foreach (var part in closes.Chunk(ReportedInventory.MaxCloses).Cast<IReadOnlyList<string>?>().DefaultIfEmpty(null))
        {
            Write(seq => new JournalGroup { Events = [_events.Inventory(seq, part, count)] });
        }
    });

    /// <summary>The barrier does not do what it is told. Until it is repaired it stays shut, whatever is decided.</summary>
    /// <param name="detail">For a technician: 1 to 200 characters.</param>
    public async Task ReportFaultAsync(string? detail)
    {
        await ReportAsync(GateIncident.BarrierFault, detail);
        _barrier.IsFaulty = true;
    }

    public async Task ReportRepairedAsync()
    {
        await ReportAsync(GateIncident.BarrierRepaired, null);
        _barrier.IsFaulty = false;
    }

    private Task ReportAsync(GateIncident incident, string? detail) => InLaneAsync(() =>
    {
        var scan = incident == GateIncident.Tailgating ? _barrier.LastScan : null;
        Write(seq => new JournalGroup { Events = [_events.Incident(seq, incident, scan, detail)] });
    });
}
