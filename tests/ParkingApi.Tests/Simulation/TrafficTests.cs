using Parking.Api.Simulation;

namespace Parking.Api.Tests.Simulation;

/// <summary>The door that is shut while time moves.</summary>
public sealed class TrafficTests : IDisposable
{
    private readonly Traffic _traffic = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _traffic.Dispose();

    [Fact]
    public async Task Alone_UnderSteadyTraffic_ComesToItsTurn()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var inFlight = 0;
        var lanes = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await _traffic.PassAsync(
                    async () =>
                    {
                        Interlocked.Increment(ref inFlight);
                        for (var turn = 0; turn < 8; turn++)
                        {
                            await Task.Yield();
                        }

                        Interlocked.Decrement(ref inFlight);
                    },
                    CancellationToken.None);
            }
        })).ToArray();

        for (var move = 0; move < 200; move++)
        {
            Assert.Equal(0, await _traffic.AloneAsync(
                async () =>
                {
                    await Task.Yield();
                    return Volatile.Read(ref inFlight);
                },
                Cancellation));
        }

        await stop.CancelAsync();
        await Task.WhenAll(lanes);
    }

    [Fact]
    public async Task Pass_RequestFails_IsInFlightNoMore()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _traffic.PassAsync(() => throw new InvalidOperationException(), Cancellation));

        Assert.True(await _traffic.AloneAsync(() => Task.FromResult(true), Cancellation));
    }

    [Fact]
    public async Task Alone_ActFails_OpensTheDoor()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _traffic.AloneAsync<bool>(() => throw new InvalidOperationException(), Cancellation));

        await _traffic.PassAsync(() => Task.CompletedTask, Cancellation);
    }

    [Fact]
    public async Task Alone_GivenUpWhileWaiting_OpensTheDoorAndCanBeAskedAgain()
    {
        var end = new TaskCompletionSource();
        var request = _traffic.PassAsync(() => end.Task, Cancellation);
        using var impatience = new CancellationTokenSource();
        var alone = _traffic.AloneAsync(() => Task.FromResult(true), impatience.Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        await _traffic.PassAsync(() => Task.CompletedTask, Cancellation);
        var again = _traffic.AloneAsync(() => Task.FromResult(true), Cancellation);
        Assert.False(again.IsCompleted);
        end.SetResult();
        await request;

        Assert.True(await again);
    }
}
