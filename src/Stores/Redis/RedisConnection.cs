using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>
/// The service's connection to Redis. It is made at first use, reconnects by itself, and is used only while Redis keeps what it is given.
/// </summary>
/// <remarks>
/// A command fails at once while there is no connection (nothing waits in a backlog), so that gates are told to wait and are not kept
/// waiting. A command that was sent may have been done even if it is reported as failed.
/// </remarks>
public sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>Settings that hold unless the configuration, which is read after them, says otherwise.</summary>
    private const string Defaults = "connectTimeout=3000,connectRetry=1,syncTimeout=3000,asyncTimeout=3000,keepAlive=15,name=parking";

    private static readonly TimeSpan ReconnectEvery = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan CheckDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FailureStands = TimeSpan.FromMilliseconds(300);

    private readonly ConfigurationOptions _configuration;
    private readonly bool _allowVolatile;
    private readonly bool _isSimulation;
    private readonly SharedCheck _fitness;
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private ConnectionMultiplexer? _multiplexer;

    private readonly RedisLives _lives;
    private readonly IReadOnlyList<SecretCheck> _secrets;

    /// <summary>From the last check that succeeded.</summary>
    private volatile StoreLife? _life;

    /// <param name="options">Where Redis is.</param>
    /// <param name="time">Dates the lives of Redis.</param>
    /// <param name="isSimulation">Whether Redis is to hold the data of a simulation.</param>
    /// <param name="secrets">The secrets under which the data is written; null: none.</param>
    public RedisConnection(
        IOptions<RedisOptions> options, TimeProvider time, bool isSimulation = false, IReadOnlyList<SecretCheck>? secrets = null)
    {
        _configuration = ConfigurationOptions.Parse($"{Defaults},{options.Value.Configuration}");

        // A first connection that fails says why (WRONGPASS), and the next check tries again. Later ones come back by themselves.
        _configuration.AbortOnConnectFail = true;
        _configuration.BacklogPolicy = BacklogPolicy.FailFast;
        _configuration.ReconnectRetryPolicy = new LinearRetry((int)ReconnectEvery.TotalMilliseconds);

        // INFO and CONFIG GET count as administrator commands. No other command of that kind is sent.
        _configuration.AllowAdmin = true;
        _allowVolatile = options.Value.AllowVolatile;
        _isSimulation = isSimulation;
        _lives = new RedisLives(time);
        _secrets = secrets ?? [];
        _fitness = new SharedCheck(CheckAsync, CheckDeadline, FailureStands);
    }

    /// <summary>
    /// Raised when a connection was restored or a slot has moved: messages of channels may have been missed. Handlers must not wait.
    /// </summary>
    public event Action? Interrupted;

    /// <summary>Runs one or more commands.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be reached, or would lose data.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> commands)
    {
        try
        {
            if (!_fitness.IsCurrent)
            {
                await _fitness.EnsureAsync();
            }

            return await commands(_multiplexer!.GetDatabase());
        }
        catch (Exception error) when (RedisFaults.IsOutage(error))
        {
            throw RedisFaults.AsOutage(error);
        }
    }

    /// <summary>
    /// The life of all primaries together. A probe, and the check that follows every lost connection, notice what they have lost; until
    /// then Redis is not asked.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be reached, or would lose data.</exception>
    public async Task<StoreLife> LifeAsync()
    {
        if (!_fitness.IsCurrent)
        {
            await _fitness.EnsureAsync();
        }

        return _life!;
    }

    /// <summary>Reads what comes in pages. Like <see cref="RunAsync"/> otherwise.</summary>
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

    /// <summary>
    /// Writes to every primary, and asks whether it still keeps what it is given. Probes at the same time share one look; other calls go on
    /// meanwhile.
    /// </summary>
    /// <exception cref="StoreUnavailableException">A primary cannot be reached, or would lose data.</exception>
    public Task ProbeAsync() => _fitness.RefreshAsync();

    public async ValueTask DisposeAsync()
    {
        if (_connecting is { } connecting)
        {
            await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (connecting.IsCompletedSuccessfully ? connecting.Result.DisposeAsync() : ValueTask.CompletedTask);
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            _multiplexer ??= await ConnectOnceAsync();
            var primaries = await PrimariesAsync(_multiplexer);
            await Task.WhenAll(primaries.Select(primary => primary.PingAsync()));
            var database = _multiplexer.GetDatabase();
            await RedisOwner.CheckAsync(database, primaries, _isSimulation, isKnown: _life is not null);
            await RedisAbout.CheckAsync(database, primaries, _secrets);
            if (!_allowVolatile)
            {
                await RedisDurability.CheckAsync(primaries);
            }

            await _lives.LookAsync(database, await RedisShards.ReadAsync(primaries));
            _life = _lives.Life;
        }
        catch (Exception error) when (RedisFaults.IsOutage(error))
        {
            throw RedisFaults.AsOutage(error);
        }
    }

    /// <summary>Connects once. If a check runs out of time, the next check takes over its attempt.</summary>
    private Task<ConnectionMultiplexer> ConnectOnceAsync()
    {
        lock (_lock)
        {
            return _connecting = _connecting is null or { IsFaulted: true } ? ConnectAsync() : _connecting;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        ConnectionMultiplexer multiplexer;
        try
        {
            multiplexer = await ConnectionMultiplexer.ConnectAsync(_configuration);
        }
        catch (RedisConnectionException error) when (error.FailureType == ConnectionFailureType.AuthenticationFailure)
        {
            throw new StoreRefusedException(
                [
                    $"Redis at {string.Join(", ", _configuration.EndPoints.Select(NameOf))} refuses the service's user or password "
                        + $"in Redis:Configuration: {error.Message}",
                ],
                error);
        }

        // After a lost connection, another Redis may answer, or the same one with other settings.
        multiplexer.ConnectionFailed += (_, _) => _fitness.Doubt();
        multiplexer.ConnectionRestored += (_, _) => NoteInterruption();

        // A slot may have got another owner, which has lost what was in it.
        multiplexer.ConfigurationChanged += (_, _) => NoteInterruption();
        multiplexer.HashSlotMoved += (_, _) => NoteInterruption();
        return multiplexer;
    }

    private void NoteInterruption()
    {
        _fitness.Doubt();
        Interrupted?.Invoke();
    }

    private static string NameOf(EndPoint host) => host is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{host}";

    private static async Task<IReadOnlyList<IServer>> PrimariesAsync(IConnectionMultiplexer multiplexer)
    {
        var connected = multiplexer.GetServers().Where(server => server.IsConnected).ToList();
        if (connected.Find(server => server.ServerType == ServerType.Cluster) is { } member)
        {
            // Ask the cluster for its primaries: one that cannot be reached must be missed, not skipped.
            var nodes = (await member.ClusterNodesAsync())?.Nodes ?? [];
            return [.. nodes.Where(node => !node.IsReplica && node.Slots.Count > 0).Select(node => multiplexer.GetServer(node.EndPoint!))];
        }

        var primaries = connected.FindAll(server => !server.IsReplica);
        return primaries.Count > 0 ? primaries : throw new StoreUnavailableException("Redis cannot be reached: no primary answers.");
    }
}

/// <summary>Section <c>Redis</c> of the configuration.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>
    /// Where Redis is, in the syntax of StackExchange.Redis: <c>host:port,host:port,password=…,ssl=true,defaultDatabase=0</c>. Redis 7 or
    /// later, or Valkey; single, with replicas, or a cluster. The default is null: the embedded store is used.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>Accepts a Redis that loses everything when it restarts. For tests. The default is false.</summary>
    public bool AllowVolatile { get; set; }

    /// <summary>Reports a configuration that cannot be read, without quoting it: it may hold a password.</summary>
    public sealed class Validator : IValidateOptions<RedisOptions>
    {
        public ValidateOptionsResult Validate(string? name, RedisOptions options)
        {
            const string form = "Write host:port, more hosts if there are, and options such as password=…, with commas between.";
            if (string.IsNullOrWhiteSpace(options.Configuration))
            {
                return ValidateOptionsResult.Success;
            }

            try
            {
                return ConfigurationOptions.Parse(options.Configuration).EndPoints.Count > 0
                    ? ValidateOptionsResult.Success
                    : ValidateOptionsResult.Fail($"{Section}:{nameof(Configuration)} names no host. {form}");
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                return ValidateOptionsResult.Fail($"{Section}:{nameof(Configuration)} cannot be read. {form}");
            }
        }
    }
}

/// <summary>Distinguishes an outage from a defect of this service.</summary>
internal static class RedisFaults
{
    /// <summary>
    /// Whether Redis cannot be reached, or cannot serve for now. Errors of scripts, types and arguments are defects, and are not reported
    /// as outages.
    /// </summary>
    public static bool IsOutage(Exception error) => error switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException { Kind: var kind } => kind is RedisErrorKind.Loading or RedisErrorKind.ReadOnly or RedisErrorKind.Misconfigured
            or RedisErrorKind.OutOfMemory or RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown or RedisErrorKind.NoReplicas
            or RedisErrorKind.TryAgain or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.NoAuth
            or RedisErrorKind.WrongPass or RedisErrorKind.NoPermission or RedisErrorKind.Moved or RedisErrorKind.Ask
            or RedisErrorKind.ConnectionFault or RedisErrorKind.Timeout or RedisErrorKind.UnknownRedirectTarget,
        _ => false,
    };

    public static StoreUnavailableException AsOutage(Exception error) => new($"Redis cannot be used: {error.Message}", error);
}
