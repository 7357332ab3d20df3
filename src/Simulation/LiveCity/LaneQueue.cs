namespace Parking.Simulation.LiveCity;

/// <summary>The vehicles before one gate: one at a time stands there, in the order in which they came; some go before all others.</summary>
internal sealed class LaneQueue
{
    private readonly Lock _sync = new();
    private readonly Queue<TaskCompletionSource> _first = new(), _others = new();
    private bool _isTaken;

    /// <summary>Waits until the place at the gate is this caller's alone. It is to be left again.</summary>
    /// <param name="goesFirst">Whether to go before those who do not.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task EnterAsync(bool goesFirst, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_sync)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return;
            }
            (goesFirst ? _first : _others).Enqueue(turn);
        }
        await using var leaving = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    /// <summary>The place is the next one's.</summary>
    public void Leave()
    {
        lock (_sync)
        {
            while (_first.TryDequeue(out var next) || _others.TryDequeue(out next))
            {
                // Who has gone away meanwhile does not take it.
                if (next.TrySetResult())
                {
                    return;
                }
            }
            _isTaken = false;
        }
    }
}
