using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Parking.Optics.Programs;

namespace Parking.Simulation.Service;

/// <summary>
/// A redis-server for one run: loopback only, a free port, its own folder, its append-only file on and written before it answers, as the
/// service wants it. It can be killed and started again where it was.
/// </summary>
internal sealed partial class PrivateRedis : IAsyncDisposable
{
    /// <summary>The oldest version the service takes.</summary>
    public const int LeastMajorVersion = 7;

    private const int Attempts = 3;

    /// <summary>It starts at once on an idle machine, but may have much to read after a kill. One that ends is noticed at once.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly string _program, _folder;
    private readonly int _port;
    private readonly TimeProvider _time;
    private ChildProcess _process;

    private PrivateRedis(string program, string folder, int port, TimeProvider time, ChildProcess process)
    {
        (_program, _folder, _port, _time, _process) = (program, folder, port, time, process);
        Configuration = $"127.0.0.1:{port}";
        Written = new(folder);
    }

    /// <summary>The value for the service's <c>Redis:Configuration</c>.</summary>
    public string Configuration { get; }

    /// <summary>What it has written: to note how much, and to cut it back while it is down.</summary>
    public AppendOnlyFile Written { get; }

    /// <summary>The redis-server on the PATH and its version; null where there is none.</summary>
    public static async Task<(string Path, Version Version)?> FindAsync(CancellationToken cancellationToken)
    {
        if (Executable.Find("redis-server") is not { } path)
        {
            return null;
        }
        await using var process = ChildProcess.Start(new ProcessStartInfo(path, "--version"));
        await process.WaitForExitAsync(cancellationToken);
        return VersionNumber().Match(string.Join(' ', process.LastLines)) is { Success: true } match
            ? (path, Version.Parse(match.Groups[1].Value))
            : null;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
    public static async Task<PrivateRedis> StartAsync(string program, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.FindFree();
            var process = ChildProcess.Start(Describe(program, folder, port));
            if (await AnswersAsync(process, port, StartLimit, time, cancellationToken))
            {
                return new PrivateRedis(program, folder, port, time, process);
            }
            await process.DisposeAsync();

            // Between asking for a free port and using it, somebody else may have taken it: then another one.
            if (attempt == Attempts)
            {
                throw Failed($"did not come up ({Attempts} attempts). Use --store embedded", process);
            }
        }
    }

    /// <summary>Ends it at once, without a chance to write anything (SIGKILL).</summary>
    public ValueTask KillAsync() => _process.DisposeAsync();

    /// <summary>After a kill: starts it on the same port and the same files, and waits until it has read them and answers.</summary>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        _process = ChildProcess.Start(Describe(_program, _folder, _port));
        if (!await AnswersAsync(_process, _port, StartLimit, _time, cancellationToken))
        {
            await _process.DisposeAsync();
            throw Failed("did not come back", _process);
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // The file is not rewritten, so that a length that was noted keeps its meaning; a torn last command is passed over, as by default.
    private static ProcessStartInfo Describe(string program, string folder, int port) => new(program)
    {
        WorkingDirectory = folder,
        ArgumentList =
        {
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
            "--daemonize", "no",
            "--auto-aof-rewrite-percentage", "0", "--aof-load-truncated", "yes",
        },
    };

    private static async Task<bool> AnswersAsync(
        ChildProcess process, int port, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!process.HasExited && time.GetElapsedTime(started) < limit)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                var answer = new byte[7];
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
                await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
                if (answer.AsSpan().SequenceEqual("+PONG\r\n"u8))
                {
                    // Another program on that port would also answer: ours must still be alive, as it is not if the port was taken.
                    return !process.HasExited;
                }
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
        return false;
    }

    private static ServiceStartException Failed(string what, ChildProcess process) => new(
        $"redis-server {what}. The last it said:{Environment.NewLine}"
        + string.Join(Environment.NewLine, process.LastLines.Select(line => $"  {line}")));

    [GeneratedRegex(@"v=(\d+\.\d+\.\d+)")]
    private static partial Regex VersionNumber();
}
