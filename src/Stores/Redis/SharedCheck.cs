using System.Diagnostics;
using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>
/// A check that must have succeeded since the last reason for doubt. However many need it, it runs once: they wait for it
/// together, and for a moment after it failed they fail at once.
/// </summary>
/// <remarks>Times are those of this machine's network, and so are measured by its own clock, whatever time the service lives in.</remarks>
/// <param name="check">Throws <see cref="StoreUnavailableException"/> if the check fails.</param>
/// <param name="deadline">How long one check may take in all.</param>
/// <param name="failureStands">How long a failure stands without another attempt.</param>
internal sealed class SharedCheck(Func<Task> check, TimeSpan deadline, TimeSpan failureStands)
{
    private readonly Lock _lock = new();
    private Task? _running;
    private StoreUnavailableException? _failure;
    private long _failedAt;

    /// <summary>Raised by every doubt.</summary>
    private int _epoch = 1;

    /// <summary>The epoch at the beginning of the last check that succeeded. 0: none has.</summary>
    private int _checkedEpoch;

    /// <summary>Whether a check succeeded that began after the last doubt.</summary>
    public bool IsCurrent => Volatile.Read(ref _checkedEpoch) == Volatile.Read(ref _epoch);

    /// <summary>What was found so far no longer holds.</summary>
    public void Doubt() => Interlocked.Increment(ref _epoch);

    /// <summary>Waits until a check has succeeded that knows of every doubt until now.</summary>
    /// <exception cref="StoreUnavailableException">It failed, did not end by the deadline, or failed a moment ago.</exception>
    public async Task EnsureAsync()
    {
        var needed = Volatile.Read(ref _epoch);

        // One that had begun before the doubt does not settle it; the next one does.
        while (Volatile.Read(ref _checkedEpoch) < needed)
        {
            await Join();
        }
    }

    private Task Join()
    {
        lock (_lock)
        {
            if (_running is { IsCompleted: false } running)
            {
                return running;
            }

            if (_failure is { } failure && Stopwatch.GetElapsedTime(_failedAt) < failureStands)
            {
                throw new StoreUnavailableException(failure.Message, failure);
            }

            return _running = RunAsync(Volatile.Read(ref _epoch));
        }
    }

    private async Task RunAsync(int epoch)
    {
        // The caller holds the lock.
        await Task.Yield();
        try
        {
            await check().WaitAsync(deadline);
            Volatile.Write(ref _checkedEpoch, epoch);
        }
        catch (TimeoutException error)
        {
            throw Remember(new($"Redis cannot be used: no sign of life within {deadline.TotalSeconds} s.", error));
        }
        catch (StoreUnavailableException error)
        {
            Remember(error);
            throw;
        }
    }

    private StoreUnavailableException Remember(StoreUnavailableException failure)
    {
        lock (_lock)
        {
            (_failure, _failedAt) = (failure, Stopwatch.GetTimestamp());
        }

        return failure;
    }
}
