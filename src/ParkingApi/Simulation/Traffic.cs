namespace Parking.Api.Simulation;

/// <summary>
/// Counts the requests in flight, and has a door that can be shut so that an action runs while no request is in flight. Requests and
/// actions wait at the shut door in order, so neither can steady traffic hold up the clock nor a fast clock the traffic.
/// </summary>
internal sealed class Traffic : IDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource? _emptied;
    private int _inFlight;

    /// <summary>Whether an action is running alone or waits for that.</summary>
    public bool IsShut => _door.CurrentCount == 0;

    /// <summary>Waits for the door, then runs <paramref name="request"/> and counts it as in flight until it ends.</summary>
    public async Task PassAsync(Func<Task> request, CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        lock (_lock)
        {
            _inFlight++;
        }

        _door.Release();
        try
        {
            await request();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Shuts the door, waits until no request is in flight, and runs an action.</summary>
    /// <param name="act">The action.</param>
    /// <param name="cancellationToken">Ends the wait, and opens the door again.</param>
    public Task<T> AloneAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken) => ShutAsync(
        async () =>
        {
            await EmptyAsync().WaitAsync(cancellationToken);
            return await act();
        },
        cancellationToken);

    /// <summary>
    /// As <see cref="AloneAsync"/>, but once the door is shut, it first asks whether another caller has done the work meanwhile. If so, it
    /// does not wait for requests.
    /// </summary>
    /// <param name="isDone">Whether the work is done.</param>
    /// <param name="act">The action that does it.</param>
    /// <param name="cancellationToken">Ends the wait, and opens the door again.</param>
    public Task AloneUnlessAsync(Func<bool> isDone, Action act, CancellationToken cancellationToken) => ShutAsync(
        async () =>
        {
            if (isDone())
            {
                return false;
            }

            await EmptyAsync().WaitAsync(cancellationToken);
            act();
            return true;
        },
        cancellationToken);

    public void Dispose() => _door.Dispose();

    /// <summary>Runs an action with the door shut.</summary>
    private async Task<T> ShutAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _door.Release();
        }
    }

    private Task EmptyAsync()
    {
        lock (_lock)
        {
            _emptied = _inFlight == 0 ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied?.Task ?? Task.CompletedTask;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_inFlight == 0)
            {
                _emptied?.TrySetResult();
            }
        }
    }
}
