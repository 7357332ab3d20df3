namespace Parking.Simulation.Replay.Report;

/// <summary>What was measured.</summary>
public enum LatencyKind
{
    /// <summary>From showing a code to the barrier's decision.</summary>
    TapToOpen,

    /// <summary>From sending the request to its answer.</summary>
    RoundTrip,

    /// <summary>Of that, the service's own share.</summary>
    Service,
}
