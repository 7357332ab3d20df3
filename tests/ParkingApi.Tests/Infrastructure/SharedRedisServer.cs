[assembly: AssemblyFixture(typeof(Parking.Api.Tests.Infrastructure.SharedRedisServer))]

namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// One server for all tests of the assembly, started by the first that asks for it. A test class takes it in its constructor, and
/// each test a database of its own. Nobody kills it: for that, <see cref="OwnRedisServer"/>.
/// </summary>
public sealed class SharedRedisServer : RedisServerFixture
{
    /// <summary>An empty database, for clients that are patient.</summary>
    public async Task<string> TakeDatabaseAsync() => RedisServer.Patient((await GetAsync()).TakeDatabase());
}

/// <summary>One server for all tests of a class, which may kill it. Use as <c>IClassFixture</c>.</summary>
public sealed class OwnRedisServer : RedisServerFixture;

/// <summary>A server that is started by the first test that asks for it.</summary>
public abstract class RedisServerFixture : IAsyncDisposable
{
    // As safe from a kill as "always", and not slowed by the disk.
    private static readonly string[] Settings = ["--appendfsync", "no"];

    private readonly Lazy<Task<RedisServer>> _server = new(() => RedisServer.StartNewAsync(Settings));

    /// <summary>The server, running; skips the test if the program is not installed.</summary>
    public async Task<RedisServer> GetAsync()
    {
        var server = await _server.Value;
        if (!server.IsRunning)
        {
            await server.StartAsync();
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
