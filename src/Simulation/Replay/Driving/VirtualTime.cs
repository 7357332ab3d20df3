using NodaTime;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The time that a replay's gates and its service live in. It moves only when the replay moves it.</summary>
internal sealed class VirtualTime(Instant start)
{
    private long _ticks = start.ToUnixTimeTicks();

    /// <summary>True time.</summary>
    public Instant Now
    {
        get => Instant.FromUnixTimeTicks(Volatile.Read(ref _ticks));
        set => Volatile.Write(ref _ticks, value.ToUnixTimeTicks());
    }
}
