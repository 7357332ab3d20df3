using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Reports by people and devices at the gate other than scans. They are written to the journal like any other event.</summary>
public sealed partial class GateMachine
{
    private bool _hasToldFailure;

    /// <summary>Reports that a second vehicle drove through on one opening.</summary>
    public Task TailgateAsync() => ReportAsync(GateIncident.Tailgating, null);

    /// <summary>Opens the barrier for a person.</summary>
    /// <param name="reason">Why: 1 to 200 characters, without a person's name.</param>
    /// <exception cref="InvalidOperationException">The barrier is open already.</exception>
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

    /// <summary>Reports an inventory: somebody checked which vehicles are present.</summary>
    /// <param name="closes">Ids of stays whose vehicles are not present.</param>
    /// <param name="count">The number of vehicles present; null if they were not counted.</param>
    public Task ReportInventoryAsync(IReadOnlyList<string> closes, int? count) => InLaneAsync(() =>
    {
        foreach (var part in closes.Chunk(ReportedInventory.MaxCloses).Cast<IReadOnlyList<string>?>().DefaultIfEmpty(null))
        {
            Write(seq => new JournalGroup { Events = [_events.Inventory(seq, part, count)] });
        }
    });

    /// <summary>Reports that the barrier does not obey. It stays shut until it is repaired, whatever is decided.</summary>
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

    /// <summary>Tells the technician and, in an event, the operators what is wrong with the gate.</summary>
    private void Alarm(GateIncident incident, string detail)
    {
        _service.Report(detail);
        var cut = detail[..Math.Min(detail.Length, ReportedAct.MaxReasonLength)];
        Write(seq => new JournalGroup { Events = [_events.Incident(seq, incident, null, cut)] });
    }

    /// <summary>Tells once that the disk cannot be written any more.</summary>
    private void TellFailure()
    {
        if (_journal.Failure is { } failure && !_hasToldFailure)
        {
            _hasToldFailure = true;
            Alarm(GateIncident.StorageDamaged, failure);
        }
    }

    private Task ReportAsync(GateIncident incident, string? detail) => InLaneAsync(() =>
    {
        var scan = incident == GateIncident.Tailgating ? _barrier.LastScan : null;
        Write(seq => new JournalGroup { Events = [_events.Incident(seq, incident, scan, detail)] });
    });
}
