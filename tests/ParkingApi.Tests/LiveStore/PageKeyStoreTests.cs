using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>What every store of the keys for cookies does.</summary>
public abstract class PageKeyStoreContract : StoreTests
{
    private IPageKeyStore Store => Subject.PageKeys;

    [Fact]
    public async Task Load_NothingAdded_IsEmpty() => Assert.Empty(await Store.LoadAsync());

    [Fact]
    public async Task Add_TwoKeys_AreLoadedAsTheyWere()
    {
        await Store.AddAsync(new("key-1", new byte[] { 0, 1, 255 }));
        await Store.AddAsync(new("key-2", new byte[] { 2 }));

        var keys = (await Store.LoadAsync()).OrderBy(key => key.Name, StringComparer.Ordinal).ToList();

        Assert.Equal(["key-1", "key-2"], keys.Select(key => key.Name));
        Assert.Equal([0, 1, 255], keys[0].Content.ToArray());
    }

    [Fact]
    public async Task Add_NameThatIsTaken_ChangesNothing()
    {
        await Store.AddAsync(new("key-1", new byte[] { 1 }));

        await Store.AddAsync(new("key-1", new byte[] { 2 }));

        Assert.Equal([1], Assert.Single(await Store.LoadAsync()).Content.ToArray());
    }
}

/// <summary>On the embedded store.</summary>
public sealed class SqlitePageKeyStoreTests : PageKeyStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

/// <summary>On Redis.</summary>
public sealed class RedisPageKeyStoreTests(SharedRedisServer shared) : PageKeyStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(shared);
}
