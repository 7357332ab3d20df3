using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Parking.Api.LiveStore.Redis;

/// <summary>The service's connection to Redis: made when first needed, made again by itself, and used only while Redis keeps what it is given.</summary>
/// <remarks>
/// A command fails at once while there is no connection (nothing waits in a backlog), so that gates are told to wait rather
/// than kept waiting. A command that was sent may have been done even if it is reported as failed.
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>What holds unless the configuration says otherwise; it is read after these.</summary>
    private const string Defaults = "connectTimeout=3000,connectRetry=1,syncTimeout=3000,asyncTimeout=3000,keepAlive=15,name=parking";

    private static readonly TimeSpan ReconnectEvery = TimeSpan.FromMilliseconds(500);

    private readonly ConfigurationOptions _configuration;
    private readonly bool _allowVolatile;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private ConnectionMultiplexer? _multiplexer;

    /// <summary>Raised by whatever may put another Redis at the other end.</summary>
    private int _epoch = 1;

    /// <summary>The epoch in which Redis was last found fit to keep what it is given. 0: never.</summary>
    private int _checkedEpoch;

    public RedisConnection(IOptions<RedisOptions> options)
    {
        _configuration = ConfigurationOptions.Parse($"{Defaults},{options.Value.Configuration}");
        _configuration.AbortOnConnectFail = false;
        _configuration.BacklogPolicy = BacklogPolicy.FailFast;
        _configuration.ReconnectRetryPolicy = new LinearRetry((int)ReconnectEvery.TotalMilliseconds);

        // INFO and CONFIG GET count as an administrator's commands; nothing else of that kind is sent.
        _configuration.AllowAdmin = true;
        _allowVolatile = options.Value.AllowVolatile;
    }

    /// <summary>Does one or more commands.</summary>
    /// <exception cref="StoreUnavailableException">Redis is out of reach, or would forget.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> commands)
    {
        try
        {
            var multiplexer = await ReadyAsync();
            return await commands(multiplexer.GetDatabase());
        }
        catch (Exception error) when (RedisFaults.IsOutage(error))
        {
            throw RedisFaults.AsOutage(error);
        }
    }

    /// <summary>Reads what comes in pages, as <see cref="RunAsync"/> does what comes at once.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Func<IDatabase, IReadOnlyList<IServer>, IAsyncEnumerable<T>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (database, primaries) = await RunAsync(async database => (database, await PrimariesAsync(database.Multiplexer)));
        await using var items = pages(database, primaries).GetAsyncEnumerator(cancellationToken);
        while (await RunAsync(_ => items.MoveNextAsync().AsTask()))
        {
            yield return items.Current;
        }
    }

    /// <summary>Asks every primary for a sign of life, and whether it still keeps what it is given.</summary>
    /// <exception cref="StoreUnavailableException">One is out of reach, or would forget.</exception>
    public Task ProbeAsync()
    {
        Interlocked.Increment(ref _epoch);
        return RunAsync(database => database.PingAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await (_multiplexer?.DisposeAsync() ?? ValueTask.CompletedTask);
        _opening.Dispose();
    }

    private ValueTask<ConnectionMultiplexer> ReadyAsync() =>
        Volatile.Read(ref _checkedEpoch) == Volatile.Read(ref _epoch) ? new(_multiplexer!) : new(OpenAsync());

    private async Task<ConnectionMultiplexer> OpenAsync()
    {
        await _opening.WaitAsync();
        try
        {
            var multiplexer = _multiplexer ??= await ConnectAsync();
            var epoch = Volatile.Read(ref _epoch);
            if (_checkedEpoch != epoch)
            {
                var primaries = await PrimariesAsync(multiplexer);
                await Task.WhenAll(primaries.Select(primary => primary.PingAsync()));
                if (!_allowVolatile)
                {
                    await RedisDurability.CheckAsync(primaries);
                }

                Volatile.Write(ref _checkedEpoch, epoch);
            }

            return multiplexer;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(_configuration);

        // What answers after a lost connection may be another Redis, or the same with other settings.
        multiplexer.ConnectionFailed += (_, _) => Interlocked.Increment(ref _epoch);
        multiplexer.ConnectionRestored += (_, _) => Interlocked.Increment(ref _epoch);
        return multiplexer;
    }

    private static async Task<IReadOnlyList<IServer>> PrimariesAsync(IConnectionMultiplexer multiplexer)
    {
        var connected = multiplexer.GetServers().Where(server => server.IsConnected).ToList();
        if (connected.Find(server => server.ServerType == ServerType.Cluster) is { } member)
        {
            // The cluster itself says who is who: a primary that is out of reach must be missed, not passed over.
            var nodes = (await member.ClusterNodesAsync())?.Nodes ?? [];
            return [.. nodes.Where(node => !node.IsReplica && node.Slots.Count > 0).Select(node => multiplexer.GetServer(node.EndPoint!))];
        }

        var primaries = connected.FindAll(server => !server.IsReplica);
        return primaries.Count > 0 ? primaries : throw new StoreUnavailableException("Redis cannot be reached: no primary answers.");
    }
}
