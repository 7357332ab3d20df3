namespace Parking.Simulation.Load;

/// <summary>Samples the processor time and memory of this process.</summary>
/// <param name="time">The clock.</param>
internal sealed class ProcessGauge(TimeProvider time)
{
    private const double Mebi = 1 << 20;

    private (long At, TimeSpan Used) _last = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);

    /// <summary>The largest working set at any sample, in MiB.</summary>
    public double PeakWorkingSet { get; private set; }

    /// <summary>The largest managed heap at any sample, in MiB.</summary>
    public double PeakHeap { get; private set; }

    /// <summary>Takes a sample; to be called once a second.</summary>
    /// <returns>The processor time since the last sample, in percent of one core, and the working set now, in MiB.</returns>
    public (double Processor, double WorkingSet) Look()
    {
        var (at, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var share = at > _last.At ? (used - _last.Used) / time.GetElapsedTime(_last.At, at) * 100 : 0;
        _last = (at, used);
        var workingSet = Environment.WorkingSet / Mebi;
        PeakWorkingSet = Math.Max(PeakWorkingSet, workingSet);
        PeakHeap = Math.Max(PeakHeap, GC.GetTotalMemory(forceFullCollection: false) / Mebi);
        return (share, workingSet);
    }
}
