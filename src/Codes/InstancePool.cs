namespace Parking.Codes;

/// <summary>
/// Lends instances that only one thread may use at a time. The framework does not promise that <c>ECDsa</c> or <c>Aes</c> may be shared
/// between threads, making one for each use costs more than the work itself, and a thread-static instance per key would outlive its
/// key on every thread of the process. As many idle ones are kept as the machine has processors; more exist only while more are in use.
/// </summary>
internal sealed class InstancePool<T>(Func<T> create)
    where T : class, IDisposable
{
    private readonly T?[] _idle = new T?[Environment.ProcessorCount];

    /// <summary>Takes an idle instance or makes one. Nothing is lost, but time, if it is never given back.</summary>
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

    /// <summary>Gives an instance back, after which the caller must not touch it.</summary>
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
