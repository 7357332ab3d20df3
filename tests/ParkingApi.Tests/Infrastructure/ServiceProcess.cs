using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// The service as a process of its own, in Development, on the embedded store in a given folder: to be killed and started again.
/// </summary>
/// <param name="dataFolder">The folder.</param>
/// <param name="settings">Further command line arguments.</param>
internal sealed class ServiceProcess(string dataFolder, params string[] settings) : IAsyncDisposable
{
    private const string ListeningLine = "Now listening on: ";

    private Process? _process;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Starts it on a port that the system chooses, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new()
        {
            StartInfo = new(
                "dotnet", [typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0", "--Data:Folder", dataFolder, .. settings])
            {
                RedirectStandardOutput = true,
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Development",
                    ["RateLimits__MintsPerMinute"] = "6000",
                    ["RateLimits__ScansPerSecond"] = "10000",
                },
            },
            EnableRaisingEvents = true,
        };
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The service ended before it was ready."));
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf(ListeningLine, StringComparison.Ordinal) is >= 0 and var at)
            {
                listening.TrySetResult(new(line.Data[(at + ListeningLine.Length)..].Trim()));
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        Address = await listening.Task.WaitAsync(Patience.Limit);
    }

    /// <summary>Ends it at once, without a chance to tidy up (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    public HttpClient CitizenClient(string citizen) => Client("Bearer", DevelopmentTokens.Create(Secrets().Jwt, citizen));

    public HttpClient GateClient(string gate) => Client("Gate", Secrets().Gates[gate]);

    public async ValueTask DisposeAsync() => await KillAsync();

    private DevelopmentFile Secrets() => JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(dataFolder, DevelopmentSecrets.FileName)), SecretFilesJsonContext.Default.DevelopmentFile)!;

    private HttpClient Client(string scheme, string credentials)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, credentials);
        return client;
    }
}
