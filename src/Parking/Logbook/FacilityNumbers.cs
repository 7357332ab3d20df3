using System.Collections.Frozen;
using Parking.Facilities;

namespace Parking.Logbook;

/// <summary>What follows from a facility's log.</summary>
/// <param name="Unexplained">Passages that nobody accounts for since the last count; <see cref="FacilityLog.MaxUnexplained"/> stands for that and more.</param>
/// <param name="LastCount">The newest count by the time at which it was made; null if nobody ever counted.</param>
/// <param name="Gates">Of the gates that the log speaks of.</param>
public sealed record FacilityNumbers(int Unexplained, LogEntry? LastCount, FrozenDictionary<GateId, GateCondition> Gates)
{
    public static readonly FacilityNumbers None = new(0, null, FrozenDictionary<GateId, GateCondition>.Empty);

    /// <summary>What to add to the number of open stays to get the number of vehicles, as the last count has it; null if nobody ever counted.</summary>
    public int? Correction => LastCount is { Count: { } count, OpenStays: { } open } ? count - open : null;

    public GateCondition ConditionOf(GateId gate) => Gates.GetValueOrDefault(gate, GateCondition.Good);
}

/// <summary>How a gate is by the facility's log.</summary>
/// <param name="HasFault">Its barrier does not do what it is told.</param>
/// <param name="IsOffline">It said that it lost the service, and has not said that it found it again.</param>
/// <param name="LastIncident">The newest by the time at which it happened; null if there was none.</param>
public sealed record GateCondition(bool HasFault, bool IsOffline, LogEntry? LastIncident)
{
    public static readonly GateCondition Good = new(false, false, null);
}
