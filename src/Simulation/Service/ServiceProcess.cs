using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parking.Simulation.Service;

/// <summary>The parking service in its own process, on a loopback port, with its own data folder.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    /// <summary>
    /// The time limit for a start. An idle machine needs 2 s, a busy one many more. A process that ends is noticed immediately.
    /// </summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The service's configuration sections. Environment variables of these names are not passed on to the demo's service.
    /// </summary>
    private static readonly string[] ServiceSections =
    [
        "Authentication", "City", "Codes", "Data", "Demo", "Gates", "Kestrel", "OpenTelemetry", "Pages", "Redis", "Secrets", "Simulation",
        "Stays",
    ];

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50), ProbeLimit = TimeSpan.FromSeconds(10);

    private readonly ChildProcess _process;

    private ServiceProcess(ChildProcess process, Uri baseAddress)
    {
        _process = process;
        BaseAddress = baseAddress;
    }

    public Uri BaseAddress { get; }

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <param name="launch">How to start it.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Cancels the wait and kills the process.</param>
    /// <exception cref="ServiceStartException">The service ended, or was not ready within <see cref="StartLimit"/>.</exception>
    public static async Task<ServiceProcess> StartAsync(ServiceLaunch launch, TimeProvider time, CancellationToken cancellationToken)
    {
        // If the system chooses the port, the service prints it in its "Now listening on" line.
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = ChildProcess.Start(Describe(launch), line =>
        {
            if (ListeningAddress().Match(line) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Value));
            }
        });
        try
        {
            await WaitUntilReadyAsync(process, address.Task, launch.HealthPath, time, cancellationToken);
            return new ServiceProcess(process, await address.Task);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for its end, which nobody here has asked for.</summary>
    /// <exception cref="ServiceStartException">It has ended. The message has the last lines it wrote.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        throw Failed("ended by itself", _process);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static ProcessStartInfo Describe(ServiceLaunch launch)
    {
        var assembly = launch.Assembly ?? ServiceLocation.FindAssembly();
        var start = new ProcessStartInfo(ServiceLocation.FindDotnet())
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            ArgumentList = { assembly, "--urls", launch.Address.GetLeftPart(UriPartial.Authority), "--environment", launch.Environment },
        };
        start.ArgumentList.Add($"--Data:Folder={launch.DataFolder}");
        start.ArgumentList.Add("--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");

        // Readiness is requested many times a second during the start. Its log lines would push useful lines out of the kept output.
        start.ArgumentList.Add("--Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks=None");
        foreach (var (name, value) in launch.Configuration)
        {
            start.ArgumentList.Add($"--{name}={value}");
        }

        // Settings in the person's shell for another service must not apply to this one.
        foreach (var name in start.Environment.Keys.Where(IsServiceSetting).ToList())
        {
            start.Environment.Remove(name);
        }
        return start;
    }

    private static bool IsServiceSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || ServiceSections.Any(section => name.StartsWith($"{section}__", StringComparison.OrdinalIgnoreCase));

    private static async Task WaitUntilReadyAsync(
        ChildProcess process, Task<Uri> address, string healthPath, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = ProbeLimit };
        var started = time.GetTimestamp();
        while (!(address.IsCompleted && await IsReadyAsync(http, new Uri(await address, healthPath), cancellationToken)))
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancellationToken);
                throw Failed("ended while starting", process);
            }
            if (time.GetElapsedTime(started) > StartLimit)
            {
                throw Failed($"was not ready after {StartLimit.TotalMinutes:0} min", process);
            }
            await Task.Delay(PollEvery, time, cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri health, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(health, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static ServiceStartException Failed(string what, ChildProcess process) => new(
        $"The service {what}. Its last output:{Environment.NewLine}"
        + string.Join(Environment.NewLine, process.LastLines.Select(line => $"  {line}")));

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex ListeningAddress();
}

/// <summary>How to start a service.</summary>
/// <param name="DataFolder">Its data folder.</param>
/// <param name="Configuration">More configuration values, by full name.</param>
internal sealed record ServiceLaunch(string DataFolder, IReadOnlyDictionary<string, string> Configuration)
{
    /// <summary>A port of this machine that the system chooses.</summary>
    public static Uri AnyPort { get; } = new("http://127.0.0.1:0");

    /// <summary>The service's assembly; null: the one that was built with this program.</summary>
    public string? Assembly { get; init; }

    /// <summary>The environment. It determines where secrets come from and which clock is used.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The address to listen on. Port 0: the system chooses a free port.</summary>
    public Uri Address { get; init; } = AnyPort;

    /// <summary>The path that must answer before the service counts as started: readiness for requests, or only liveness.</summary>
    public string HealthPath { get; init; } = "/health/ready";
}
