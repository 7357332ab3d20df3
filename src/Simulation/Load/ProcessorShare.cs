namespace Parking.Simulation.Load;

/// <summary>A process's share of one core over some time.</summary>
/// <param name="used">The processor time that the process has used so far.</param>
/// <param name="time">The clock.</param>
internal sealed class ProcessorShare(Func<TimeSpan> used, TimeProvider time)
{
    private (long At, TimeSpan Used) _started;

    /// <summary>In percent of one core, from <see cref="Start"/> to <see cref="Stop"/>; 0 before.</summary>
    public double Percent { get; private set; }

    public void Start() => _started = (time.GetTimestamp(), used());

    public void Stop() => Percent = (used() - _started.Used) / time.GetElapsedTime(_started.At) * 100;
}
