using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

/// <summary>Tests of a world on a store of its own, which the derived class chooses.</summary>
public abstract class GateWorldTests : IAsyncLifetime
{
    private IStoreUnderTest? _subject;
    private GateWorld? _world;

    private protected GateWorld World => _world!;

    private protected IStoreUnderTest Subject => _subject!;

    public async ValueTask InitializeAsync()
    {
        _subject = await CreateAsync();
        _world = new(_subject.Live);
    }

    public async ValueTask DisposeAsync()
    {
        await (_subject?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IStoreUnderTest> CreateAsync();

    /// <summary>Runs <paramref name="count"/> tasks as simultaneously as threads allow.</summary>
    private protected static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => Task.Run(() => act(n))));
}
