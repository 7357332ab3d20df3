using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Parking.ScannerSim.Service;

/// <summary>A redis-server for one demo: loopback only, a free port, its own folder, its append-only file on and written before it answers, as the service wants it.</summary>
internal sealed partial class PrivateRedis : IAsyncDisposable
{
    /// <summary>The oldest version the service takes.</summary>
    public const int LeastMajorVersion = 7;

    private const int Attempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(5);

    private readonly ChildProcess _process;

    private PrivateRedis(ChildProcess process, int port)
    {
        _process = process;
        Configuration = $"127.0.0.1:{port}";
    }

    /// <summary>What the service's <c>Redis:Configuration</c> is to say.</summary>
    public string Configuration { get; }

    /// <summary>The redis-server on the PATH and its version; null where there is none.</summary>
    public static async Task<(string Path, Version Version)?> FindAsync(CancellationToken cancellationToken)
    {
        var name = OperatingSystem.IsWindows() ? "redis-server.exe" : "redis-server";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }
        using var process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true });
        var output = process is null ? "" : await process.StandardOutput.ReadToEndAsync(cancellationToken);
        return VersionNumber().Match(output) is { Success: true } match ? (path, Version.Parse(match.Groups[1].Value)) : null;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
    public static async Task<PrivateRedis> StartAsync(string program, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FindFreePort();
            var process = ChildProcess.Start(Describe(program, folder, port));
            if (await AnswersAsync(process, port, time, cancellationToken))
            {
                return new PrivateRedis(process, port);
            }
            await process.DisposeAsync();

            // Between asking for a free port and using it, somebody else may have taken it: then another one.
            if (attempt == Attempts)
            {
                throw new ServiceStartException(
                    $"redis-server did not come up ({Attempts} attempts). Use --store embedded. The last it said:{Environment.NewLine}"
                    + string.Join(Environment.NewLine, process.LastLines.Select(line => $"  {line}")));
            }
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static ProcessStartInfo Describe(string program, string folder, int port) => new(program)
    {
        WorkingDirectory = folder,
        ArgumentList =
        {
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--daemonize", "no",
        },
    };

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> AnswersAsync(ChildProcess process, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!process.HasExited && time.GetElapsedTime(started) < StartLimit)
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

    [GeneratedRegex(@"v=(\d+\.\d+\.\d+)")]
    private static partial Regex VersionNumber();
}
