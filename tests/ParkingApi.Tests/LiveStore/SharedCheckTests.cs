using Parking.Ports;
using Parking.Stores.Redis;

namespace Parking.Api.Tests.LiveStore;

/// <summary>One check for all who need it.</summary>
public sealed class SharedCheckTests
{
    [Fact]
    public async Task Ensure_ManyAtOnce_CheckOnce()
    {
        var checks = 0;
        var gate = new TaskCompletionSource();
        var shared = Create(() =>
        {
            checks++;
            return gate.Task;
        });

        var waiting = Enumerable.Range(0, 100).Select(_ => shared.EnsureAsync()).ToList();
        gate.SetResult();
        await Task.WhenAll(waiting);

        Assert.Equal((1, true), (checks, shared.IsCurrent));
    }

    [Fact]
    public async Task Ensure_DoubtWhileACheckRuns_WaitsForTheNextOne()
    {
        var checks = 0;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = Create(() =>
        {
            begun.TrySetResult();
            return ++checks == 1 ? gate.Task : Task.CompletedTask;
        });

        var before = shared.EnsureAsync();
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        shared.Doubt();
        var after = shared.EnsureAsync();
        gate.SetResult();
        await Task.WhenAll(before, after);

        Assert.Equal((2, true), (checks, shared.IsCurrent));
    }

    [Fact]
    public async Task Ensure_FailedAMomentAgo_FailsWithoutAnotherCheck()
    {
        var checks = 0;
        var shared = Create(() => ++checks == 1 ? throw new StoreUnavailableException("gone") : Task.CompletedTask);

        var first = await Assert.ThrowsAsync<StoreUnavailableException>(shared.EnsureAsync);
        var second = await Assert.ThrowsAsync<StoreUnavailableException>(shared.EnsureAsync);

        Assert.Equal(("gone", "gone", 1), (first.Message, second.Message, checks));
    }

    [Fact]
    public async Task Ensure_FailedLongerAgo_TriesAgain()
    {
        var checks = 0;
        var shared = Create(
            () => ++checks == 1 ? throw new StoreUnavailableException("gone") : Task.CompletedTask, failureStands: TimeSpan.Zero);

        await Assert.ThrowsAsync<StoreUnavailableException>(shared.EnsureAsync);
        await shared.EnsureAsync();

        Assert.Equal((2, true), (checks, shared.IsCurrent));
    }

    [Fact]
    public async Task Ensure_CheckNeverEnds_FailsAtTheDeadlineForAll()
    {
        var shared = Create(() => new TaskCompletionSource().Task, deadline: TimeSpan.FromMilliseconds(50));

        var errors = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Record.ExceptionAsync(shared.EnsureAsync).AsTask()));

        Assert.All(
            errors,
            error => Assert.Contains("no sign of life", Assert.IsType<StoreUnavailableException>(error).Message, StringComparison.Ordinal));
    }

    private static SharedCheck Create(Func<Task> check, TimeSpan? deadline = null, TimeSpan? failureStands = null) =>
        new(check, deadline ?? TimeSpan.FromMinutes(1), failureStands ?? TimeSpan.FromHours(1));
}
