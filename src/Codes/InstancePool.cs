namespace Parking.Codes;

/// <summary>
/// A pool of instances that only one thread may use at a time. The framework does not promise that <c>ECDsa</c> or <c>Aes</c> are
/// thread-safe, creating one for each use costs more than the work itself, and a thread-static instance would outlive its key. The pool
/// keeps at most one idle instance per processor.
/// </summary>
internal sealed class InstancePool<T>(Func<T> create)
    where T : class, IDisposable
{
    private readonly T?[] _idle = new T?[Environment.ProcessorCount];

    /// <summary>Takes an idle instance or creates one. An instance that is not returned is garbage collected.</summary>
    public T Rent()
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } instance)
            {
                return instance;
            }
        }

        return create();
    }

    /// <summary>Returns an instance to the pool. The caller must not use it afterwards.</summary>
    public void Return(T instance)
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, instance, null) is null)
            {
                return;
            }
        }

        instance.Dispose();
    }
}
