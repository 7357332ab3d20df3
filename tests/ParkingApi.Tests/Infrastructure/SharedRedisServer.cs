namespace Parking.Api.Tests.Infrastructure;

/// <summary>One server for all tests of a class, started by the first that asks for it. Use as <c>IClassFixture</c>.</summary>
public sealed class SharedRedisServer : IAsyncDisposable
{
    private RedisServer? _server;

    /// <summary>The server, running; skips the test if the program is not installed.</summary>
    public async Task<RedisServer> GetAsync()
    {
        _server ??= await RedisServer.StartNewAsync();
        if (!_server.IsRunning)
        {
            await _server.StartAsync();
        }

        return _server;
    }

    public async ValueTask DisposeAsync() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
}
