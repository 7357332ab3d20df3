using Parking.Api.Simulation;

namespace Parking.Api.Tests.Simulation;

/// <summary>The clock of simulations, and its timers.</summary>
public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset Start = new(2016, 2, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualTime _time = new(Start);
    private readonly List<string> _fired = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Clock_Moved_IsThere()
    {
        _time.MoveTo(Start + Second);

        Assert.Equal(Start + Second, _time.GetUtcNow());
    }

    [Fact]
    public void Clock_MovedBack_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => _time.MoveTo(Start - Second));

    [Fact]
    public void Timers_DueByThen_GoOffInOrder()
    {
        using var late = Timer("late", 3 * Second, Timeout.InfiniteTimeSpan);
        using var never = Timer("never", 10 * Second, Timeout.InfiniteTimeSpan);
        using var early = Timer("early", Second, Timeout.InfiniteTimeSpan);

        _time.MoveTo(Start + (3 * Second));

        Assert.Equal(["early", "late"], _fired);
    }

    [Fact]
    public void Timer_WithoutPeriod_GoesOffOnce()
    {
        using var timer = Timer("once", Second, Timeout.InfiniteTimeSpan);

        _time.MoveTo(Start + Second);
        _time.MoveTo(Start + (2 * Second));

        Assert.Single(_fired);
    }

    [Fact]
    public void Timer_ManyPeriodsInOneMove_GoesOffOnceAndThenByItsPeriod()
    {
        using var timer = Timer("tick", Second, Second);

        _time.MoveTo(Start + TimeSpan.FromDays(366));
        Assert.Single(_fired);
        _time.MoveTo(Start + TimeSpan.FromDays(366) + (Second / 2));
        Assert.Single(_fired);
        _time.MoveTo(Start + TimeSpan.FromDays(366) + Second);
        Assert.Equal(2, _fired.Count);
    }

    [Fact]
    public void Timer_Changed_GoesOffByItsNewTime()
    {
        using var timer = Timer("tick", Second, Second);
        timer.Change(5 * Second, Timeout.InfiniteTimeSpan);

        _time.MoveTo(Start + (4 * Second));
        Assert.Empty(_fired);
        _time.MoveTo(Start + (5 * Second));

        Assert.Single(_fired);
    }

    [Fact]
    public void Timer_Disposed_IsSilent()
    {
        var timer = Timer("tick", Second, Second);
        timer.Dispose();

        Assert.False(timer.Change(Second, Second));
        _time.MoveTo(Start + Second);

        Assert.Empty(_fired);
    }

    [Fact]
    public async Task Delay_OfNoTime_EndsWithTheClockStanding() => await Task.Delay(TimeSpan.Zero, _time, Cancellation);

    [Fact]
    public async Task PeriodicTimer_OverTenThousandMoves_MissesNone()
    {
        using var timer = new PeriodicTimer(Second, _time);
        for (var tick = 1; tick <= 10_000; tick++)
        {
            var next = timer.WaitForNextTickAsync(Cancellation);
            _time.MoveTo(Start + (tick * Second));
            Assert.True(await next);
        }
    }

    [Fact]
    public async Task CancellationAfterATime_ByThisClock_Comes()
    {
        using var source = new CancellationTokenSource(Second, _time);
        var cancelled = new TaskCompletionSource();
        using var registration = source.Token.Register(cancelled.SetResult);

        _time.MoveTo(Start + Second);

        await cancelled.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public void Timestamps_WithTheClockStanding_GoOn()
    {
        var before = _time.GetTimestamp();
        SpinWait.SpinUntil(() => _time.GetElapsedTime(before) > TimeSpan.Zero);

        Assert.True(_time.GetElapsedTime(before) > TimeSpan.Zero);
        Assert.Equal(Start, _time.GetUtcNow());
    }

    private ITimer Timer(string name, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(_ => _fired.Add(name), null, dueTime, period);
}
