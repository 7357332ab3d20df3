using NodaTime;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// How often gates do work that nobody waits for. Heartbeats show operators that a gate is alive, and tell the gate that the store has a
/// new epoch. Barrier events that agree with their decisions do not change the books. A replay at full speed has no operators and seldom
/// needs either.
/// </summary>
/// <param name="HeartbeatEvery">The interval of a gate's heartbeats.</param>
/// <param name="UploadDelay">How long an event may wait so that several are sent together.</param>
/// <param name="Beat">Gates do their own work only at multiples of this since the trace's start, so that the clock does not stop for each
/// gate separately.</param>
internal sealed record ReplayRhythm(Duration HeartbeatEvery, Duration UploadDelay, Duration Beat)
{
    /// <summary>Without faults nothing is urgent: events that are not sent along with a scan are sent four times a day.</summary>
    public static ReplayRhythm For(FaultProfile profile) => profile == FaultProfile.None
        ? new(Duration.FromDays(1), Duration.Zero, Duration.FromHours(6))
        : new(Duration.FromMinutes(10), Duration.FromSeconds(20), Duration.FromSeconds(20));

    /// <summary>How long it takes until every gate has sent a heartbeat and knows whether the store lost writes.</summary>
    public Duration SettlingTime => HeartbeatEvery < Duration.FromHours(1) ? HeartbeatEvery + Duration.FromMinutes(2) : Duration.Zero;
}
