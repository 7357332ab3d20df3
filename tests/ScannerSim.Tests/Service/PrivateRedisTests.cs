using System.Net.Sockets;
using System.Text;
using Parking.Optics.Programs;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.Service;

/// <summary>
/// A redis-server that is killed and started again. It keeps its address and its data, and it loses exactly the part of its file that is
/// cut off.
/// </summary>
public sealed class PrivateRedisTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private PrivateRedis? _redis;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await (_redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task Restart_AfterAKill_HasEverythingThatWasAnswered()
    {
        var redis = await StartAsync();
        var where = redis.Configuration;
        Assert.Equal("+OK", await AskAsync("SET a 1"));

        await redis.KillAsync();
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync("PING"));
        await redis.RestartAsync(Cancellation);

        Assert.Equal("$1 1", await AskAsync("GET a"));
        Assert.Equal(where, redis.Configuration);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task CutBackTo_ALengthThatWasNoted_ForgetsWhatCameAfterIt(int intoTheNextCommand)
    {
        var redis = await StartAsync();
        Assert.Equal("+OK", await AskAsync("SET a 1"));
        var noted = redis.Written.Length;
        Assert.Equal("+OK", await AskAsync("SET a 2"));
        Assert.Equal("+OK", await AskAsync("SET b 2"));

        await redis.KillAsync();
        var gone = redis.Written.CutBackTo(noted + intoTheNextCommand);
        await redis.RestartAsync(Cancellation);

        Assert.True(gone > 0);
        Assert.Equal("$1 1", await AskAsync("GET a"));
        Assert.Equal("$-1", await AskAsync("GET b"));
    }

    [Fact]
    public async Task CutBackTo_BeyondTheEnd_CutsNothing()
    {
        var redis = await StartAsync();
        await redis.KillAsync();

        Assert.Equal(0, redis.Written.CutBackTo(long.MaxValue));
    }

    [Fact]
    public async Task Restart_AfterACut_WritesOnBehindWhatIsLeft()
    {
        var redis = await StartAsync();
        await AskAsync("SET a 1");
        var noted = redis.Written.Length;
        await AskAsync("SET b 1");
        await redis.KillAsync();
        redis.Written.CutBackTo(noted + 3);
        await redis.RestartAsync(Cancellation);

        await AskAsync("SET c 1");
        await redis.KillAsync();
        await redis.RestartAsync(Cancellation);

        Assert.Equal("$1 1", await AskAsync("GET a"));
        Assert.Equal("$-1", await AskAsync("GET b"));
        Assert.Equal("$1 1", await AskAsync("GET c"));
    }

    private async Task<PrivateRedis> StartAsync()
    {
        var found = await PrivateRedis.FindAsync(Cancellation);
        Assert.SkipUnless(
            found is { Version.Major: >= PrivateRedis.LeastMajorVersion },
            "There is no redis-server 7 or newer on the PATH.");
        return _redis = await PrivateRedis.StartAsync(found.Value.Path, _folder.FullPath, TimeProvider, Cancellation);
    }

    /// <summary>Sends a command in the protocol's inline form and reads the lines of the answer.</summary>
    private async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(
            "127.0.0.1",
            int.Parse(_redis!.Configuration.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture),
            Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), Cancellation);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var line = await reader.ReadLineAsync(Cancellation) ?? "";
        return line.StartsWith('$') && line != "$-1" ? $"{line} {await reader.ReadLineAsync(Cancellation)}" : line;
    }

#pragma warning disable RS0030 // A real process needs real time.
    private static TimeProvider TimeProvider => TimeProvider.System;
#pragma warning restore RS0030
}
