using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>Gives an event the number that it has in a new journal.</summary>
internal static class Renumbering
{
    /// <returns>The event with its new number and its scan's new number; null if its scan is not in the new journal.</returns>
    public static ReportedEvent? Renumber(ReportedEvent reported, long seq, IReadOnlyDictionary<long, long> numbers)
    {
        long? Of(long? scan) => scan is { } old && numbers.TryGetValue(old, out var found) ? found : null;
        return reported switch
        {
            ReportedAct { Act: BarrierAct.OpenedByHand } act => act with { Seq = seq, Scan = Of(act.Scan) },
            ReportedAct act => Of(act.Scan) is { } scan ? act with { Seq = seq, Scan = scan } : null,
            ReportedCommand command => command with { Seq = seq, Claim = Of(command.Claim) },
            ReportedIncident incident => incident with { Seq = seq, Scan = Of(incident.Scan) },
            _ => reported with { Seq = seq },
        };
    }
}
