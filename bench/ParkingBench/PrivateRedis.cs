using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parking.Optics.Programs;

namespace Parking.Bench;

/// <summary>
/// A redis-server that only this run uses. It has a free loopback port and an append-only file in a given folder. It writes the file
/// before each answer.
/// </summary>
internal sealed class PrivateRedis : IDisposable
{
    private const string Program = "redis-server";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private PrivateRedis(Process process, string configuration)
    {
        _process = process;
        Configuration = configuration;
    }

    public static bool IsInstalled => Executable.Find(Program) is not null;

    /// <summary>Where it is, for StackExchange.Redis.</summary>
    public string Configuration { get; }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<PrivateRedis> StartAsync(string folder)
    {
        var port = FindFreePort().ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always",
        ];
        var process = new Process { StartInfo = new(Program, arguments) { RedirectStandardOutput = true }, EnableRaisingEvents = true };
        var redis = new PrivateRedis(process, $"127.0.0.1:{port}");
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{Program} ended at once on port {port}."));
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        try
        {
            await ready.Task.WaitAsync(StartLimit);
            return redis;
        }
        catch
        {
            redis.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
