using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parking.Simulation.Service;

/// <summary>The parking service as a process of its own, on a loopback port, with its own data folder.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    /// <summary>How long a start may take: 2 s on an idle machine, many on a busy one. A service that ends is noticed at once.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>What the service takes its settings from: a shell that has some set must not reach into the demo.</summary>
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

    /// <summary>Starts the service and waits until it says that it is ready.</summary>
    /// <param name="launch">How.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Ends the wait, and the process.</param>
    /// <exception cref="ServiceStartException">It ended, or was not ready within <see cref="StartLimit"/>.</exception>
    public static async Task<ServiceProcess> StartAsync(ServiceLaunch launch, TimeProvider time, CancellationToken cancellationToken)
    {
        // Where the system picks the port, the service says which in its "Now listening on" line.
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
        var assembly = ServiceLocation.FindAssembly();
        var start = new ProcessStartInfo(ServiceLocation.FindDotnet())
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            ArgumentList = { assembly, "--urls", launch.Address.GetLeftPart(UriPartial.Authority), "--environment", launch.Environment },
        };
        start.ArgumentList.Add($"--Data:Folder={launch.DataFolder}");
        start.ArgumentList.Add("--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");

        // Asked many times a second while it starts: its log would push out what is worth reading.
        start.ArgumentList.Add("--Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks=None");
        foreach (var (name, value) in launch.Configuration)
        {
            start.ArgumentList.Add($"--{name}={value}");
        }

        // What the person's shell says about another service must not reach this one.
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
        $"The service {what}. The last it said:{Environment.NewLine}"
        + string.Join(Environment.NewLine, process.LastLines.Select(line => $"  {line}")));

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex ListeningAddress();
}

/// <summary>How a service is to be started.</summary>
/// <param name="DataFolder">Its data folder.</param>
/// <param name="Configuration">Further configuration values, by their full name.</param>
internal sealed record ServiceLaunch(string DataFolder, IReadOnlyDictionary<string, string> Configuration)
{
    /// <summary>A port of this machine that the system picks.</summary>
    public static Uri AnyPort { get; } = new("http://127.0.0.1:0");

    /// <summary>The environment, which settles where its secrets come from and whose time it lives in.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Where it is to listen. Port 0: the system picks a free one.</summary>
    public Uri Address { get; init; } = AnyPort;

    /// <summary>What has to be answered for it to have started: that it can serve requests, or merely that it lives.</summary>
    public string HealthPath { get; init; } = "/health/ready";
}
