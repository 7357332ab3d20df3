using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using Parking.Stores.Redis;
using StackExchange.Redis;
using IRedis = Parking.Api.Tests.Infrastructure.IRedis;

namespace Parking.Api.Tests.LiveStore;

internal sealed class RedisUnderTest : IStoreUnderTest
{
    private readonly IRedis? _server;

    public RedisUnderTest(IRedis? server, string configuration)
    {
        _server = server;
        Configuration = configuration;
        (Connection, Live, Holders, Commands) = Open();
    }

    /// <summary>An empty database of the server that all tests share. It cannot be taken away.</summary>
    public static async Task<IStoreUnderTest> CreateAsync(SharedRedisServer shared) =>
        new RedisUnderTest(null, await shared.TakeDatabaseAsync());

    /// <summary>An empty database of a server of the test class's own.</summary>
    public static async Task<IStoreUnderTest> CreateAsync(OwnRedisServer own)
    {
        var server = await own.GetAsync();
        return new RedisUnderTest(server, RedisServer.Patient(server.TakeDatabase()));
    }

    /// <summary>A cluster of the test class's own, emptied.</summary>
    public static async Task<IStoreUnderTest> CreateAsync(RedisCluster own)
    {
        await own.ClearAsync();
        return new RedisUnderTest(own, RedisServer.Patient(own.Configuration));
    }

    public RedisConnection Connection { get; private set; }

    public ILiveStore Live { get; private set; }

    public IAccountStore Holders { get; private set; }

    public ICommandStore Commands { get; private set; }

    public IAuditHeadStore AuditHeads => new RedisAuditHeadStore(Connection);

    public IPageKeyStore PageKeys => new RedisPageKeyStore(Connection);

    public IArchiveFeed Feed => new RedisArchiveFeed(Connection);

    public IScreenStore Screens => new RedisScreenStore(Connection);

    public IDeviceStore Devices => new RedisDeviceStore(Connection);

    public IWithdrawalStore Withdrawals => new RedisWithdrawalStore(Connection);

    public string Configuration { get; }

    public FakeTimeProvider Time { get; } = new();

    private IRedis Own => _server ?? throw new InvalidOperationException($"Other tests use this server: take an {nameof(OwnRedisServer)}.");

    public async Task RestartAsync()
    {
        await Own.KillAsync();
        await Connection.DisposeAsync();
        await Own.StartAsync();
        (Connection, Live, Holders, Commands) = Open();
    }

    public Task TakeAwayAsync() => Own.KillAsync();

    public Task EmptyAsync() => DeleteAsync("*");

    public Task LoseFacilityAsync(FacilityId facility) => DeleteAsync($"{{f:{facility}}}:*");

    public async Task<Func<Task>> CopyAsync()
    {
        var copy = await Task.WhenAll((await KeysAsync("*"))
            .Select(key => Connection.RunAsync(async db => (Key: key, Content: await db.KeyDumpAsync(key)))));
        return async () =>
        {
            await EmptyAsync();
            await Task.WhenAll(copy.Select(one => Connection.RunAsync(async db =>
            {
                await db.KeyRestoreAsync(one.Key, one.Content!);
                return true;
            })));
        };
    }

    /// <summary>Every key with its values.</summary>
    public async Task<string> ReadAllAsync()
    {
        var contents = await Task.WhenAll((await KeysAsync("*")).Select(key => Connection.RunAsync(async db =>
        {
            var values = await db.KeyTypeAsync(key) switch
            {
                RedisType.String => [await db.StringGetAsync(key)],
                RedisType.Hash => (await db.HashGetAllAsync(key)).SelectMany(entry => new[] { entry.Name, entry.Value }),
                RedisType.List => await db.ListRangeAsync(key),
                RedisType.SortedSet => await db.SortedSetRangeByRankAsync(key),
                var other => throw new InvalidOperationException($"{key} is a {other}."),
            };
            return values.Select(value => Encoding.Latin1.GetString((byte[])value!)).Prepend(key.ToString());
        })));
        return string.Join('\n', contents.SelectMany(content => content));
    }

    public Task BringBackAsync() => Own.StartAsync();

    public async Task LoseAnswersAsync(FacilityId facility, GateId gate, JournalId journal)
    {
        var pattern = $"{{f:{facility}}}:ans:{gate}:{journal}:*";
        var keys = await KeysAsync(pattern);
        Assert.NotEmpty(keys);
        await Connection.RunAsync(db => db.KeyDeleteAsync(keys));
    }

    public Task SetPrefixAsync(FacilityId facility, GateId gate, JournalId journal, long through) =>
        Connection.RunAsync(db => db.StringSetAsync(StoreKeys.Mark(facility, gate, journal), through));

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task DeleteAsync(string pattern)
    {
        var keys = await KeysAsync(pattern);
        await Connection.RunAsync(db => Task.WhenAll(keys.Select(key => db.KeyDeleteAsync(key))));
    }

    private async Task<RedisKey[]> KeysAsync(string pattern) => await Connection.StreamAsync(
        (db, primaries) => primaries.ToAsyncEnumerable().SelectMany(primary => primary.KeysAsync(db.Database, pattern)),
        TestContext.Current.CancellationToken).ToArrayAsync();

    private (RedisConnection Connection, ILiveStore Live, IAccountStore Holders, ICommandStore Commands) Open()
    {
        var connection = new RedisConnection(Options.Create(new RedisOptions { Configuration = Configuration }), Time);
        return (connection, new RedisLiveStore(connection), new RedisAccountStore(connection), new RedisCommandStore(connection));
    }
}
