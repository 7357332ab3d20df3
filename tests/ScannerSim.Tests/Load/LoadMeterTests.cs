using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Load;

namespace Parking.ScannerSim.Tests.Load;

public class LoadMeterTests
{
    private readonly LoadMeter _meter = new(Ms(1000), Ms(3000));

    /// <summary>The wait begins at the planned time of showing the code, even if the simulator shows it later.</summary>
    [Fact]
    public void Take_ShownLate_CountsTheDelayIntoTheWait()
    {
        _meter.Take("g", Tap(due: 1000, shown: 1500, moved: 1510));

        var sample = Assert.Single(_meter.Samples);
        Assert.Equal((Ms(510), Ms(500)), (sample.TapToOpen, sample.Late));
    }

    [Fact]
    public void Take_WarmUp_IsNotMeasuredButMustBeRight()
    {
        _meter.Take("g", Tap(due: 999, shown: 999, moved: 999, ScanReason.Full));

        Assert.Empty(_meter.Samples);
        Assert.Equal(1, _meter.UnexpectedTaps);
        Assert.Contains("expected Entered, got Full", Assert.Single(_meter.Unexpected), StringComparison.Ordinal);
    }

    [Fact]
    public void Served_CountsWhatWasOverInTheWindow()
    {
        _meter.Take("g", Tap(due: 900, shown: 900, moved: 1000));
        _meter.Take("g", Tap(due: 2900, shown: 2900, moved: 2999));
        _meter.Take("g", Tap(due: 2900, shown: 2900, moved: 3000));

        Assert.Equal(2, _meter.Served);
    }

    [Fact]
    public void Look_GivesWhatIsNewSinceTheLast()
    {
        _meter.Take("g", Tap(due: 0, shown: 0, moved: 20));
        Assert.Equal((1, 20.0), (_meter.Look() is var (taps, latest) ? taps : 0, latest!.Max));

        Assert.Equal((1, null), _meter.Look());
    }

    [Fact]
    public void Times_OneToAThousand_AreTheRanksThemselves() => Assert.Equal(
        new LoadTimes(1000, 500, 900, 990, 999, 1000), LoadTimes.Of(Enumerable.Range(1, 1000).Reverse().Select(i => Ms(i))));

    [Fact]
    public void Times_OfNothing_AreNone() => Assert.Null(LoadTimes.Of([]));

    private static LoadTap Tap(int due, int shown, int moved, ScanReason reason = ScanReason.Entered) => new(
        Ms(due),
        Ms(shown),
        Ms(moved),
        new GateShowing
        {
            Scan = 1,
            Decision = GateDecision.Open,
            Reason = reason,
            Display = new GateDisplay("", ""),
            IsOpen = reason == ScanReason.Entered,
            IsLocal = false,
        },
        ScanReason.Entered);

    private static TimeSpan Ms(int value) => TimeSpan.FromMilliseconds(value);
}
