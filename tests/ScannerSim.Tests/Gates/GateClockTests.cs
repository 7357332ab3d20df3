using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;

namespace Parking.ScannerSim.Tests.Gates;

public class GateClockTests
{
    private const string Boot = "4c1d0a9e77b35f02";

    private readonly FakeTimeProvider _true = new(new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero));
    private readonly WrongDevice _device;

    public GateClockTests() => _device = new WrongDevice(_true);

    private Instant True => _true.GetUtcNow().ToInstant();

    [Fact]
    public void Stamp_BeforeAnyAnswer_IsWhatWasKnownBefore()
    {
        _device.IsAhead = TimeSpan.FromSeconds(40);

        var stamp = new GateClock(_device, -40_000, Boot).Stamp();

        Assert.Equal((True + Duration.FromSeconds(40), -40_000), (stamp.DeviceTime, stamp.Offset));
    }

    [Fact]
    public void Learn_AnAnswer_TellsTheTimeInTheMiddleOfTheRoundTrip()
    {
        _device.IsAhead = TimeSpan.FromSeconds(-7);
        var clock = new GateClock(_device, 0, Boot);

        Answer(clock, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300));

        Assert.Equal(7_000, clock.Stamp().Offset);
        Assert.Equal(True, clock.Now);
    }

    [Fact]
    public void Learn_SlowAndLopsidedAfterAQuickOne_TheQuickOneCountsForMinutes()
    {
        var clock = new GateClock(_device, 0, Boot);
        Answer(clock, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
        _true.Advance(TimeSpan.FromMinutes(4));

        Answer(clock, TimeSpan.FromMilliseconds(900), TimeSpan.Zero);
        Assert.Equal(True, clock.Now);

        // The first measurement is now too old, so even a less precise one replaces it.
        _true.Advance(TimeSpan.FromMinutes(2));
        Answer(clock, TimeSpan.FromMilliseconds(800), TimeSpan.Zero);
        Assert.Equal(Duration.FromMilliseconds(400), clock.Now - True);
    }

    [Fact]
    public void Stamp_DeviceClockIsSetMeanwhile_TrueTimeGoesOn()
    {
        var clock = new GateClock(_device, 0, Boot);
        Answer(clock, TimeSpan.Zero, TimeSpan.Zero);
        _true.Advance(TimeSpan.FromHours(9));

        _device.IsAhead = TimeSpan.FromDays(-3);

        var (deviceTime, offset, _) = clock.Stamp();
        Assert.Equal(True - Duration.FromDays(3), deviceTime);
        Assert.Equal(True, deviceTime + Duration.FromMilliseconds(offset));
        Assert.Equal(True, clock.Now);
    }

    [Fact]
    public void Stamp_DeviceClockIsSetMeanwhile_TheSteadyClockTellsHowMuchTimePassed()
    {
        var clock = new GateClock(_device, 0, Boot);
        var before = clock.Stamp().Steady;
        _true.Advance(TimeSpan.FromMinutes(90));
        _device.IsAhead = TimeSpan.FromDays(-3000);

        Assert.Equal(before with { Milliseconds = before.Milliseconds + 5_400_000 }, clock.Stamp().Steady);
        Assert.Equal(Boot, before.Boot);
    }

    private void Answer(GateClock clock, TimeSpan there, TimeSpan back)
    {
        var sent = _device.GetTimestamp();
        _true.Advance(there);
        var told = True;
        _true.Advance(back);
        clock.Learn(sent, _device.GetTimestamp(), told);
    }

    /// <summary>A device whose wall clock is wrong. Its steady clock is right.</summary>
    private sealed class WrongDevice(TimeProvider actual) : TimeProvider
    {
        public TimeSpan IsAhead { get; set; }

        public override long TimestampFrequency => actual.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => actual.GetUtcNow() + IsAhead;

        public override long GetTimestamp() => actual.GetTimestamp();
    }
}
