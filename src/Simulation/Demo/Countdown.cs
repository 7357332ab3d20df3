namespace Parking.Simulation.Demo;

/// <summary>Something that has happened when it has happened a number of times.</summary>
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _reached = Create(count);
    private int _left = count;

    /// <summary>It happened once.</summary>
    public void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _reached.TrySetResult();
        }
    }

    /// <summary>Waits until it has happened often enough.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _reached.Task.WaitAsync(cancellationToken);

    private static TaskCompletionSource Create(int count)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (count == 0)
        {
            source.SetResult();
        }
        return source;
    }
}
