using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Tests with a store of their own, which the derived class chooses.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    private IStoreUnderTest? _subject;

    private protected IStoreUnderTest Subject => _subject!;

    public virtual async ValueTask InitializeAsync() => _subject = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await (_subject?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }

    /// <summary>Repeats a call until the store is there again.</summary>
    protected static async Task<T> RecoveredAsync<T>(Func<Task<T>> call)
    {
        using var limit = Patience.Start();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(PollEvery, TestContext.Current.CancellationToken);
            }
        }
    }

    private protected abstract Task<IStoreUnderTest> CreateAsync();
}
