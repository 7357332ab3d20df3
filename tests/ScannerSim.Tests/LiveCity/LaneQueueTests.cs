using Parking.Simulation.LiveCity;

namespace Parking.ScannerSim.Tests.LiveCity;

public class LaneQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_SomebodyWhoGoesFirst_ComesBeforeAllWhoWait()
    {
        var queue = new LaneQueue();
        await queue.EnterAsync(goesFirst: false, Cancellation);
        var one = queue.EnterAsync(goesFirst: false, Cancellation);
        var two = queue.EnterAsync(goesFirst: false, Cancellation);
        var first = queue.EnterAsync(goesFirst: true, Cancellation);

        queue.Leave();
        await first;
        Assert.False(one.IsCompleted);
        queue.Leave();
        await one;
        Assert.False(two.IsCompleted);
        queue.Leave();
        await two;
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_DoesNotHoldUpTheNext()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var queue = new LaneQueue();
        await queue.EnterAsync(goesFirst: false, Cancellation);
        var cancelled = queue.EnterAsync(goesFirst: false, gone.Token);
        var next = queue.EnterAsync(goesFirst: false, Cancellation);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        queue.Leave();
        await next;
        queue.Leave();
        await queue.EnterAsync(goesFirst: false, Cancellation);
    }
}
