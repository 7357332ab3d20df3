using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

/// <summary>Tests of a world on a store of its own.</summary>
public abstract class GateWorldTests : StoreTests
{
    private GateWorld? _world;

    private protected GateWorld World => _world!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _world = new(Subject.Live, Subject.Holders, devices: Subject.Devices);
    }

    /// <summary>Runs <paramref name="count"/> tasks as simultaneously as threads allow.</summary>
    private protected static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => Task.Run(() => act(n))));
}
