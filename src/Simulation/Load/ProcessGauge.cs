namespace Parking.Simulation.Load;

/// <summary>Measures the processor time and memory of this process.</summary>
/// <param name="time">The clock.</param>
internal sealed class ProcessGauge(TimeProvider time)
{
    private const double Mebi = 1 << 20;

    private (long At, TimeSpan Used) _last = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
    private (long At, TimeSpan Used)? _started;

    /// <summary>The largest working set at any sample, in MiB.</summary>
    public double PeakWorkingSet { get; private set; }

    /// <summary>The largest managed heap at any sample, in MiB.</summary>
    public double PeakHeap { get; private set; }

    /// <summary>In percent of one core, from <see cref="Start"/> to <see cref="Stop"/>.</summary>
    public double Processor { get; private set; }

    public void Start() => _started = Read();

    public void Stop() => Processor = _started is { } started ? Share(started, Read()) : 0;

    /// <summary>Takes a sample; to be called once a second.</summary>
    /// <returns>The processor time since the last sample, in percent of one core, and the working set now, in MiB.</returns>
    public (double Processor, double WorkingSet) Look()
    {
        var now = Read();
        var share = Share(_last, now);
        _last = now;
        var workingSet = Environment.WorkingSet / Mebi;
        PeakWorkingSet = Math.Max(PeakWorkingSet, workingSet);
        PeakHeap = Math.Max(PeakHeap, GC.GetTotalMemory(forceFullCollection: false) / Mebi);
        return (share, workingSet);
    }

    private (long At, TimeSpan Used) Read() => (time.GetTimestamp(), Environment.CpuUsage.TotalTime);

    private double Share((long At, TimeSpan Used) from, (long At, TimeSpan Used) to) =>
        to.At > from.At ? (to.Used - from.Used) / time.GetElapsedTime(from.At, to.At) * 100 : 0;
}
