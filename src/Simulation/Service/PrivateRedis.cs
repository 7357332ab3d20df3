using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Parking.Optics.Programs;

namespace Parking.Simulation.Service;

/// <summary>
/// A redis-server for one run. It listens on a free loopback port, has its own folder, and writes its append-only file before it answers,
/// as the service requires. It can be killed and restarted with the same port and files.
/// </summary>
internal sealed partial class PrivateRedis : IAsyncDisposable
{
    /// <summary>The oldest version that the service supports.</summary>
    public const int LeastMajorVersion = 7;

    private const int Attempts = 3;

    /// <summary>
    /// The time limit for a start. An idle machine needs less than a second, but after a kill there may be much to read. A process that
    /// ends is noticed immediately.
    /// </summary>
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

    /// <summary>The server's append-only file. Its length can be noted, and it can be truncated while the server is down.</summary>
    public AppendOnlyFile Written { get; }

    /// <summary>The redis-server on the PATH and its version; null if there is none.</summary>
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

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="ServiceStartException">It did not start.</exception>
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

            // Another program may have taken the free port before the server used it. Then try another port.
            if (attempt == Attempts)
            {
                throw Failed($"did not start ({Attempts} attempts). Use --store embedded", process);
            }
        }
    }

    /// <summary>Kills the server (SIGKILL), so that it cannot write anything more.</summary>
    public ValueTask KillAsync() => _process.DisposeAsync();

    /// <summary>Removes everything from the running server (<c>FLUSHALL</c>), under the service's open connection.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        if (!await AsksAsync(_port, "FLUSHALL", "+OK", cancellationToken))
        {
            throw new ServiceStartException("redis-server did not remove its data.");
        }
    }

    /// <summary>After a kill: starts the server on the same port and files, and waits until it has read them and answers.</summary>
    /// <exception cref="ServiceStartException">It did not start.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        _process = ChildProcess.Start(Describe(_program, _folder, _port));
        if (!await AnswersAsync(_process, _port, StartLimit, _time, cancellationToken))
        {
            await _process.DisposeAsync();
            throw Failed("did not restart", _process);
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // The append-only file is not rewritten, so that a noted length stays valid. An incomplete last command is ignored (the default).
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
                if (await AsksAsync(port, "PING", "+PONG", cancellationToken))
                {
                    // Another program on that port could have answered. If the port was taken, our process has ended.
                    return !process.HasExited;
                }
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // It does not listen yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
        return false;
    }

    /// <summary>Sends a command on a connection of its own, and tells whether the answer is the expected one.</summary>
    private static async Task<bool> AsksAsync(int port, string command, string expected, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var answer = new byte[expected.Length];
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), cancellationToken);
        await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
        return Encoding.ASCII.GetString(answer) == expected;
    }

    private static ServiceStartException Failed(string what, ChildProcess process) => new(
        $"redis-server {what}. Its last output:{Environment.NewLine}"
        + string.Join(Environment.NewLine, process.LastLines.Select(line => $"  {line}")));

    [GeneratedRegex(@"v=(\d+\.\d+\.\d+)")]
    private static partial Regex VersionNumber();
}
