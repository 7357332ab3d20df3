using System.Collections.Frozen;
using Parking.Facilities;

namespace Parking.Logbook;

/// <summary>The numbers that follow from a facility's log.</summary>
/// <param name="Unexplained">
/// Passages since the last count that no stay accounts for. <see cref="FacilityLog.MaxUnexplained"/> means that many or more.
/// </param>
/// <param name="LastCount">The newest count by the time at which it was made; null if nobody ever counted.</param>
/// <param name="Gates">The condition of each gate that the log mentions.</param>
public sealed record FacilityNumbers(int Unexplained, LogEntry? LastCount, FrozenDictionary<GateId, GateCondition> Gates)
{
    public static readonly FacilityNumbers None = new(0, null, FrozenDictionary<GateId, GateCondition>.Empty);

    /// <summary>
    /// What to add to the number of open stays to get the number of vehicles according to the last count; null if nobody ever counted.
    /// </summary>
    public int? Correction => LastCount is { Count: { } count, OpenStays: { } open } ? count - open : null;

    public GateCondition ConditionOf(GateId gate) => Gates.GetValueOrDefault(gate, GateCondition.Good);
}

/// <summary>The condition of a gate according to the facility's log.</summary>
/// <param name="HasFault">Its barrier does not obey.</param>
/// <param name="IsOffline">It reported that it lost the service, and has not reported that it found the service again.</param>
/// <param name="LastIncident">The newest by the time at which it happened; null if there was none.</param>
public sealed record GateCondition(bool HasFault, bool IsOffline, LogEntry? LastIncident)
{
    public static readonly GateCondition Good = new(false, false, null);
}
