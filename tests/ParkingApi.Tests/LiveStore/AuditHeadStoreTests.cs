using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>What every store of the audit's last head does.</summary>
public abstract class AuditHeadStoreContract : StoreTests
{
    private IAuditHeadStore Store => Subject.AuditHeads;

    [Fact]
    public async Task Head_IsReplaced_OnlyInThePlaceOfTheExpectedOne()
    {
        Assert.Null(await Store.LoadAsync());
        Assert.False(await Store.ReplaceAsync("a", "b"));
        Assert.True(await Store.ReplaceAsync(null, "a"));
        Assert.False(await Store.ReplaceAsync(null, "b"));
        Assert.Equal("a", await Store.LoadAsync());
        Assert.True(await Store.ReplaceAsync("a", "b"));
        Assert.False(await Store.ReplaceAsync("a", "c"));

        Assert.Equal("b", await Store.LoadAsync());
    }

    /// <summary>A program beside the service reads it, and the service goes on in the same epoch.</summary>
    [Fact]
    public async Task Head_IsSeenFromBeside_AndNothingElseHappens()
    {
        await Store.ReplaceAsync(null, "a");
        await Subject.Live.ProbeAsync(TestContext.Current.CancellationToken);
        var life = await Subject.Live.LifeAsync();

        Assert.Equal("a", await Store.PeekAsync());

        await Subject.Live.ProbeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(life.Epoch, (await Subject.Live.LifeAsync()).Epoch);
    }
}

/// <summary>On the embedded store.</summary>
public sealed class SqliteAuditHeadStoreTests : AuditHeadStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

/// <summary>On Redis.</summary>
public sealed class RedisAuditHeadStoreTests(SharedRedisServer shared) : AuditHeadStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(shared);
}
