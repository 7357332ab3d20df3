using System.Diagnostics;
using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>
/// A check that must have succeeded since the last doubt. It runs once, however many callers need it: they wait for it together. For a
/// moment after a failure they fail at once.
/// </summary>
/// <remarks>
/// Times are measured by this machine's own clock, whatever time the service lives in, because they are times of this machine's network.
/// </remarks>
/// <param name="check">Throws <see cref="StoreUnavailableException"/> if the check fails.</param>
/// <param name="deadline">How long one check may take in all.</param>
/// <param name="failureStands">How long a failure stands without another attempt.</param>
internal sealed class SharedCheck(Func<Task> check, TimeSpan deadline, TimeSpan failureStands)
{
    private readonly Lock _lock = new();
    private Task? _running;
    private StoreUnavailableException? _failure;
    private long _failedAt;

    /// <summary>Increased by every doubt.</summary>
    private int _epoch = 1;

    /// <summary>The epoch at the beginning of the last check that succeeded. 0 if none has succeeded.</summary>
    private int _checkedEpoch;

    /// <summary>Whether a check has succeeded that began after the last doubt.</summary>
    public bool IsCurrent => Volatile.Read(ref _checkedEpoch) == Volatile.Read(ref _epoch);

    /// <summary>Makes all earlier results invalid.</summary>
    public void Doubt() => Interlocked.Increment(ref _epoch);

    /// <summary>Waits until a check has succeeded that began after every doubt until now.</summary>
    /// <exception cref="StoreUnavailableException">It failed, did not end by the deadline, or failed a moment ago.</exception>
    public async Task EnsureAsync()
    {
        var needed = Volatile.Read(ref _epoch);

        // A check that began before the doubt does not count; the next one does.
        while (Volatile.Read(ref _checkedEpoch) < needed)
        {
            await Join();
        }
    }

    /// <summary>
    /// Runs the check, or waits for the one that is running. Earlier results stay valid meanwhile, and become invalid if it fails.
    /// </summary>
    /// <exception cref="StoreUnavailableException">As from <see cref="EnsureAsync"/>.</exception>
    public async Task RefreshAsync()
    {
        try
        {
            await Join();
        }
        catch (StoreUnavailableException)
        {
            Doubt();
            throw;
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
