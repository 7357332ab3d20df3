using Parking.Simulation.Load;

namespace Parking.ScannerSim.Tests.Load;

public class LoadReportTests
{
    private static readonly LoadResult Result = new()
    {
        Gates = 40,
        Rate = 25.5,
        WarmUpSeconds = 10,
        Seconds = 60,
        Seed = 7,
        Store = "redis-server 7.0 (--store redis)",
        Syncs = true,
        Taps = 1530,
        RateAchieved = 25.4,
        TapToOpen = new LoadTimes(Count: 1530, P50: 4.25, P90: 8.5, P99: 16.125, P999: 30, Max: 41.007),
        Decide = null,
        LateStarts = 1,
        Late = new LoadTimes(Count: 1530, P50: 0.1, P90: 0.2, P99: 0.3, P999: 0.4, Max: 20.5),
        OverBudget = 2,
        Alone = 3,
        Refused = 4,
        Unexpected = 5,
        Events = 3060,
        Unacknowledged = 6,
        ProcessorPercent = 73.2,
        ServiceProcessorPercent = 41.5,
        Screens = 50,
        MessagesPerScreen = 16.2,
        KibibytesPerScreen = 44.1,
        PeakWorkingSetMiB = 181.4,
        PeakHeapMiB = 60.3,
    };

    [Fact]
    public void ToJson_FixedResult_IsTheSample() => SampleFile.Check("Samples/load-report.json", LoadRun.ToJson(Result));
}
