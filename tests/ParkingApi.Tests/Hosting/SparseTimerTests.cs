using Microsoft.Extensions.Time.Testing;
using Parking.Api.Hosting;

namespace Parking.Api.Tests.Hosting;

public sealed class SparseTimerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _moved = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _moved.Dispose();

    [Fact]
    public async Task WaitForNextTick_WhoeverMovesTheTime_IsNotHeldUpByWhatFollows()
    {
        using var timer = new SparseTimer(Second, Second, _time);
        var wasMovedFirst = FollowAsync(timer);

        _time.Advance(Second);
        _moved.Set();

        Assert.True(await wasMovedFirst);
    }

    [Fact]
    public async Task WaitForNextTick_TicksThatComeDenser_AreNotThere()
    {
        var timer = new SparseTimer(Second, 3 * Second, _time);
        await TickAsync(timer, Second);
        await TickAsync(timer, 3 * Second);

        var next = timer.WaitForNextTickAsync(Cancellation);
        _time.Advance(2 * Second);
        timer.Dispose();

        Assert.False(await next);
    }

    [Fact]
    public async Task WaitForNextTick_Disposed_IsFalse()
    {
        var timer = new SparseTimer(Second, Second, _time);
        timer.Dispose();

        Assert.False(await timer.WaitForNextTickAsync(Cancellation));
    }

    private async Task TickAsync(SparseTimer timer, TimeSpan after)
    {
        var tick = timer.WaitForNextTickAsync(Cancellation);
        _time.Advance(after);
        Assert.True(await tick);
    }

    /// <summary>Waits for a tick, and returns whether the time had been moved completely when the tick came.</summary>
    private async Task<bool> FollowAsync(SparseTimer timer)
    {
        await timer.WaitForNextTickAsync(Cancellation);
        return _moved.Wait(Patience.Limit, Cancellation);
    }
}
