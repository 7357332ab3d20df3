namespace Parking.Logbook;

/// <summary>How a gate is by the facility's log.</summary>
/// <param name="HasFault">Its barrier does not do what it is told.</param>
/// <param name="IsOffline">It said that it lost the service, and has not said that it found it again.</param>
/// <param name="LastIncident">The newest by the time at which it happened; null if there was none.</param>
public sealed record GateCondition(bool HasFault, bool IsOffline, LogEntry? LastIncident)
{
    public static readonly GateCondition Good = new(false, false, null);
}
