namespace Parking.Api.Simulation;

/// <summary>
/// Which requests are in flight, and a door that is shut for a moment so that something can be done while none is. Whoever comes to a shut door
/// waits behind it, in order: so that steady traffic cannot keep the clock standing, nor a fast clock the traffic.
/// </summary>
internal sealed class Traffic : IDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource? _emptied;
    private int _inFlight;

    /// <summary>Whether somebody is waiting to be alone, or is.</summary>
    public bool IsShut => _door.CurrentCount == 0;

    /// <summary>Goes through the door, and is in flight until <paramref name="request"/> has ended.</summary>
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

    /// <summary>Shuts the door, waits until nothing is in flight, and does something.</summary>
    /// <param name="act">What to do.</param>
    /// <param name="cancellationToken">Ends the wait, and opens the door again.</param>
    public Task<T> AloneAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken) => ShutAsync(
        async () =>
        {
            await EmptyAsync().WaitAsync(cancellationToken);
            return await act();
        },
        cancellationToken);

    /// <summary>As <see cref="AloneAsync"/>, unless it turns out behind the door that somebody else has done it: then there is nothing to wait for.</summary>
    /// <param name="isDone">Whether it is done.</param>
    /// <param name="act">What to do.</param>
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

    /// <summary>Does something with the door shut.</summary>
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
