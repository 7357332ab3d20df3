using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>What every store of devices and revoked certificates does.</summary>
public abstract class DeviceStoreContract : StoreTests
{
    private const int All = 1000;

    private static readonly HolderId Holder = new(0x8000_0000_0000_0007), Other = new(8);
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 30);
    private static readonly Instant Later = Now + Duration.FromDays(7);

    private IDeviceStore Store => Subject.Devices;

    [Fact]
    public async Task Save_OfTheNextVersion_ReplacesTheDevices_AndOfAnotherChangesNothing()
    {
        Assert.Equal(0, (await Store.LoadAsync(Holder)).Version);

        Assert.True(await Store.SaveAsync(Holder, 0, "one"u8.ToArray()));
        Assert.False(await Store.SaveAsync(Holder, 0, "two"u8.ToArray()));
        Assert.False(await Store.SaveAsync(Holder, 2, "two"u8.ToArray()));
        Assert.True(await Store.SaveAsync(Holder, 1, "two"u8.ToArray()));
        await Subject.RestartAsync();

        var (version, content) = await Store.LoadAsync(Holder);
        Assert.Equal(2, version);
        Assert.Equal("two"u8.ToArray(), content.ToArray());
        Assert.Equal(0, (await Store.LoadAsync(Other)).Version);
    }

    [Fact]
    public async Task Save_ByManyAtOnce_IsDoneByOne()
    {
        var done = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(n => Task.Run(() => Store.SaveAsync(Holder, 0, new[] { (byte)n }))));

        Assert.Single(done, isDone => isDone);
    }

    [Fact]
    public async Task Revoked_AreNumberedInTheOrderInWhichTheyCame_AndReadFromAnyNumberOn()
    {
        Assert.Equal(0, (await Store.ReadRevocationsAsync(0, All)).Newest);

        await Store.RevokeAsync([Certificate(3)], Now);
        await Store.RevokeAsync([Certificate(1), Certificate(ulong.MaxValue)], Now);
        await Subject.RestartAsync();

        var all = await Store.ReadRevocationsAsync(0, All);
        Assert.Equal([3, 1, ulong.MaxValue], all.Entries.Select(entry => entry.Certificate.Digest));
        Assert.All(all.Entries, entry => Assert.Equal(Later, entry.Certificate.ExpiresAt));
        Assert.Equal(all.Entries.Select(entry => entry.Number).Order(), all.Entries.Select(entry => entry.Number));
        Assert.Equal(all.Newest, all.Entries[^1].Number);
        Assert.Equal(all.Entries.Skip(1), (await Store.ReadRevocationsAsync(all.Entries[0].Number, All)).Entries);
        Assert.Equal(all.Entries.Take(1), (await Store.ReadRevocationsAsync(0, 1)).Entries);
        Assert.Empty((await Store.ReadRevocationsAsync(all.Newest, All)).Entries);
    }

    [Fact]
    public async Task Revoked_AgainOrByManyAtOnce_IsOnTheListOnce()
    {
        await Store.RevokeAsync([Certificate(1)], Now);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.RevokeAsync([Certificate(1), Certificate(2)], Now))));

        var page = await Store.ReadRevocationsAsync(0, All);

        Assert.Equal([1ul, 2ul], page.Entries.Select(entry => entry.Certificate.Digest));
        Assert.Equal(2, page.Entries.DistinctBy(entry => entry.Number).Count());
    }

    [Fact]
    public async Task Revoked_ThatHasExpired_IsDropped_AndItsNumberIsNotGivenAgain()
    {
        await Store.RevokeAsync([Certificate(1)], Now);
        var first = (await Store.ReadRevocationsAsync(0, All)).Newest;

        await Store.RevokeAsync([Certificate(2)], Later);
        var empty = await Store.ReadRevocationsAsync(0, All);
        await Store.RevokeAsync([new(3, Later + Duration.FromSeconds(1))], Later);
        var page = await Store.ReadRevocationsAsync(0, All);

        Assert.Empty(empty.Entries);
        Assert.Equal(first, empty.Newest);
        Assert.Equal(3ul, Assert.Single(page.Entries).Certificate.Digest);
        Assert.True(page.Entries[0].Number > first);
    }

    private static CertificateMark Certificate(ulong digest) => new(digest, Later);
}

/// <summary>On the embedded store.</summary>
public sealed class SqliteDeviceStoreTests : DeviceStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

/// <summary>On Redis, which a test may kill.</summary>
public sealed class RedisDeviceStoreTests(OwnRedisServer own) : DeviceStoreContract, IClassFixture<OwnRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(own);
}
