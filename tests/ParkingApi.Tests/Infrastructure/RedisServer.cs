using System.Diagnostics;
using System.Globalization;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// A real redis-server of the tests' own: on a free loopback port, with its own folder and an append-only file, so that it can be killed
/// and started again with what it had.
/// </summary>
/// <remarks>
/// Runs with <c>appendfsync always</c>, as in production: a killed server loses nothing that it answered. With <c>everysec</c> it delays
/// writes for up to two seconds while the disk is busy with the last one, and answers before they are written.
/// </remarks>
public sealed class RedisServer : IRedis
{
    /// <summary>Each test takes one and has it to itself.</summary>
    private const int Databases = 2000;

    private readonly TempFolder _folder = new();
    private readonly string[] _settings;
    private RedisProcess? _process;
    private int _databasesTaken;

    private RedisServer(string[] settings) => _settings = settings;

    public int Port { get; private set; }

    /// <summary>Where it is, for StackExchange.Redis.</summary>
    public string Configuration => $"127.0.0.1:{Port}";

    public bool IsRunning => _process is not null;

    /// <summary>Starts a server, or skips the test if the program is not installed.</summary>
    /// <param name="settings">Further command line arguments, such as <c>--appendonly</c>, <c>no</c>.</param>
    public static async Task<RedisServer> StartNewAsync(params string[] settings)
    {
        if (!InstalledProgram.Exists(RedisProcess.Program))
        {
            Assert.Skip($"{RedisProcess.Program} is not on the PATH (Debian: apt-get install redis-server).");
        }

        var server = new RedisServer(settings);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where an empty database of this server is, for StackExchange.Redis: no other caller gets the same.</summary>
    public string TakeDatabase() =>
        string.Create(CultureInfo.InvariantCulture, $"{Configuration},defaultDatabase={Interlocked.Increment(ref _databasesTaken)}");

    /// <summary>
    /// A configuration whose clients wait as long as a slow machine needs. A server that is killed is noticed at once all the same; one
    /// that hangs is not.
    /// </summary>
    public static string Patient(string configuration)
    {
        var limit = (int)Patience.Limit.TotalMilliseconds;
        return string.Create(
            CultureInfo.InvariantCulture, $"{configuration},connectTimeout={limit},syncTimeout={limit},asyncTimeout={limit}");
    }

    /// <summary>Starts it, again on the same port and folder if it was started before, and waits until it has loaded what it had.</summary>
    public async Task StartAsync()
    {
        // Another program may take the free port first. A port that was used before must be the same again.
        for (var attempt = 1; ; attempt++)
        {
            var port = Port == 0 ? RedisProcess.FindFreePort() : Port;
            if (await TryStartAsync(port))
            {
                Port = port;
                return;
            }

            Assert.True(attempt < 5, $"{RedisProcess.Program} does not start on port {port}.");
        }
    }

    /// <summary>Ends it at once, without a chance to write anything (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Makes it hang: it keeps its connections and answers nothing (SIGSTOP).</summary>
    public Task SuspendAsync() => SignalAsync("-STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<bool> TryStartAsync(int port)
    {
        string[] settings = ["--databases", Databases.ToString(CultureInfo.InvariantCulture), .. _settings];
        _process = await RedisProcess.TryStartAsync(port, _folder.Path, Patience.Limit, settings);
        return _process is not null;
    }
}
