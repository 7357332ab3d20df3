using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// One run of a redis-server on a loopback port, with an append-only file in a given folder. It writes the file before each answer. The
/// benchmarks compile this file too.
/// </summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    public const string Program = "redis-server";

    private readonly Process _process;

    private RedisProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one and waits until it has read its file and accepts connections.</summary>
    /// <param name="port">A loopback port.</param>
    /// <param name="folder">The folder of its file.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="settings">Further command line arguments, such as <c>--databases</c>, <c>100</c>.</param>
    /// <returns>Null if it ended at once, for instance because another program uses the port.</returns>
    /// <exception cref="TimeoutException">It did not become ready in time. It is ended.</exception>
    public static async Task<RedisProcess?> TryStartAsync(int port, string folder, TimeSpan limit, params string[] settings)
    {
        string[] arguments =
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--dir", folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", .. settings,
        ];
        var process = new Process { StartInfo = new(Program, arguments) { RedirectStandardOutput = true }, EnableRaisingEvents = true };
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => started.TrySetResult(false);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
            {
                started.TrySetResult(true);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        var redis = new RedisProcess(process);
        var isReady = false;
        try
        {
            isReady = await started.Task.WaitAsync(limit);
            return isReady ? redis : null;
        }
        finally
        {
            if (!isReady)
            {
                await redis.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// A loopback port that is free now. It lies below the range from which systems take ports for outgoing connections (from 32768),
    /// which could take it before it is used.
    /// </summary>
    public static int FindFreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program has it.
            }
        }
    }

    /// <summary>Ends it at once, without a chance to write anything (SIGKILL).</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
