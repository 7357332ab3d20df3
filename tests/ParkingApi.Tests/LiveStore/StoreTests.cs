namespace Parking.Api.Tests.LiveStore;

/// <summary>Tests with a store of their own, which the derived class chooses.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private IStoreUnderTest? _subject;

    private protected IStoreUnderTest Subject => _subject!;

    public virtual async ValueTask InitializeAsync() => _subject = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await (_subject?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IStoreUnderTest> CreateAsync();
}
