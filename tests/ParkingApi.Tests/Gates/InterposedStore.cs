using System.Reflection;
using Parking.Events;
using Parking.Ports;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// A store that passes every call on to another one, but lets something else happen before an event of a given content is marked.
/// </summary>
public class InterposedStore : DispatchProxy
{
    private readonly Dictionary<Fingerprint, Func<Task>> _before = [];
    private ILiveStore _store = null!;

    internal static (ILiveStore Store, InterposedStore Control) Create(ILiveStore store)
    {
        var proxy = Create<ILiveStore, InterposedStore>();
        ((InterposedStore)proxy)._store = store;
        return (proxy, (InterposedStore)proxy);
    }

    internal void BeforeMarking(Fingerprint content, Func<Task> happen) => _before[content] = happen;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(ILiveStore.MarkAsync) && _before.Remove((Fingerprint)args![2]!, out var happen)
            ? MarkAsync(happen, targetMethod, args)
            : targetMethod.Invoke(_store, args);

    private async Task<Marking> MarkAsync(Func<Task> happen, MethodInfo method, object?[] args)
    {
        await happen();
        return await (Task<Marking>)method.Invoke(_store, args)!;
    }
}
