using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>Brings an event into another journal.</summary>
internal static class Renumbering
{
    /// <returns>The event with its new number and that of its scan; null if it follows a scan that is not in the new journal.</returns>
    public static ReportedEvent? Renumber(ReportedEvent reported, long seq, IReadOnlyDictionary<long, long> numbers)
    {
        long? Of(long? scan) => scan is { } old && numbers.TryGetValue(old, out var found) ? found : null;
        return reported switch
        {
            ReportedAct { Act: BarrierAct.OpenedByHand } act => act with { Seq = seq, Scan = Of(act.Scan) },
            ReportedAct act => Of(act.Scan) is { } scan ? act with { Seq = seq, Scan = scan } : null,
            ReportedIncident incident => incident with { Seq = seq, Scan = Of(incident.Scan) },
            _ => reported with { Seq = seq },
        };
    }
}
