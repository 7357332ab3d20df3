using NodaTime;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// How often gates do what nobody waits for. Heartbeats show operators that a gate lives, and tell the gate that the store was started
/// anew; acts that agree with their decisions change nothing. A replay at full speed has no operators, and seldom needs either.
/// </summary>
/// <param name="HeartbeatEvery">Between two heartbeats of a gate.</param>
/// <param name="UploadDelay">How long events wait for others to go up with.</param>
/// <param name="Beat">Gates' own work waits for the next multiple of this since the trace's start, so that the clock need not stop for each
/// gate alone.</param>
internal sealed record ReplayRhythm(Duration HeartbeatEvery, Duration UploadDelay, Duration Beat)
{
    /// <summary>Where nothing goes wrong, nothing is urgent: what no scan takes along goes up four times a day.</summary>
    public static ReplayRhythm For(FaultProfile profile) => profile == FaultProfile.None
        ? new(Duration.FromDays(1), Duration.Zero, Duration.FromHours(6))
        : new(Duration.FromMinutes(10), Duration.FromSeconds(20), Duration.FromSeconds(20));

    /// <summary>By then every gate has sent a heartbeat, where the store may have lost something, and knows of it.</summary>
    public Duration SettlingTime => HeartbeatEvery < Duration.FromHours(1) ? HeartbeatEvery + Duration.FromMinutes(2) : Duration.Zero;
}
