using System.Collections.Concurrent;

namespace Parking.Simulation.LiveCity;

/// <summary>Work that goes on beside the caller's. Nobody waits for each piece of it, and no failure is lost.</summary>
internal sealed class RunningTasks
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first exception of any of the work; never ends well. A cancelled piece of work is none that failed.</summary>
    public Task Failure => _failure.Task;

    /// <summary>Starts a piece of work.</summary>
    public void Start(Func<Task> work) => _ = RunAsync(work);

    /// <summary>Starts a piece of work.</summary>
    /// <returns>Ends with it, whatever came of it; throws nothing.</returns>
    public Task RunAsync(Func<Task> work)
    {
        var task = GuardAsync(work);
        _tasks[task] = 0;
        _ = task.ContinueWith(
            done => _tasks.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task;
    }

    /// <summary>Waits until nothing is left to do, failed or not.</summary>
    public async Task WaitAsync()
    {
        while (_tasks.Keys.ToList() is { Count: > 0 } left)
        {
            await Task.WhenAll(left);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
        catch (Exception error)
        {
            _failure.TrySetException(error);
        }
    }
}
