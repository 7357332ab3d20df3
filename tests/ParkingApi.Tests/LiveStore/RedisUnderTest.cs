using Microsoft.Extensions.Options;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using Parking.Stores.Redis;

namespace Parking.Api.Tests.LiveStore;

internal sealed class RedisUnderTest : IStoreUnderTest
{
    private readonly IRedis? _server;
    private readonly string _configuration;

    public RedisUnderTest(IRedis? server, string configuration)
    {
        _server = server;
        _configuration = configuration;
        (Connection, Live, Holders) = Open();
    }

    /// <summary>An empty database of the server that all tests share. It cannot be taken away.</summary>
    public static async Task<IStoreUnderTest> CreateAsync(SharedRedisServer shared) =>
        new RedisUnderTest(null, (await shared.GetAsync()).TakeDatabase());

    /// <summary>An empty database of a server of the test class's own.</summary>
    public static async Task<IStoreUnderTest> CreateAsync(OwnRedisServer own)
    {
        var server = await own.GetAsync();
        return new RedisUnderTest(server, server.TakeDatabase());
    }

    public RedisConnection Connection { get; private set; }

    public ILiveStore Live { get; private set; }

    public IAccountStore Holders { get; private set; }

    public IPageKeyStore PageKeys => new RedisPageKeyStore(Connection);

    private IRedis Own => _server ?? throw new InvalidOperationException($"Other tests use this server: take an {nameof(OwnRedisServer)}.");

    public async Task RestartAsync()
    {
        await Own.KillAsync();
        await Connection.DisposeAsync();
        await Own.StartAsync();
        (Connection, Live, Holders) = Open();
    }

    public Task TakeAwayAsync() => Own.KillAsync();

    public Task BringBackAsync() => Own.StartAsync();

    public async Task LoseAnswersAsync(FacilityId facility, GateId gate, JournalId journal)
    {
        var pattern = $"{{f:{facility}}}:ans:{gate}:{journal}:*";
        var keys = await Connection.StreamAsync(
            (db, primaries) => primaries.ToAsyncEnumerable().SelectMany(primary => primary.KeysAsync(db.Database, pattern)),
            TestContext.Current.CancellationToken).ToArrayAsync();
        Assert.NotEmpty(keys);
        await Connection.RunAsync(db => db.KeyDeleteAsync(keys));
    }

    public Task SetPrefixAsync(FacilityId facility, GateId gate, JournalId journal, long through) =>
        Connection.RunAsync(db => db.StringSetAsync(StoreKeys.Mark(facility, gate, journal), through));

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private (RedisConnection Connection, ILiveStore Live, IAccountStore Holders) Open()
    {
        var connection = new RedisConnection(Options.Create(new RedisOptions { Configuration = _configuration }));
        return (connection, new RedisLiveStore(connection), new RedisAccountStore(connection));
    }
}
