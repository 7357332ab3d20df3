using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Ports;
using Parking.Stores.Sqlite;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// The whole service with a clock, a data folder and a log of the test's own. Every secret that it hands out is noted in
/// <see cref="Secrets"/>.
/// </summary>
internal sealed class ParkingApplication : WebApplicationFactory<Program>
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 30, 15, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string?> _settings;

    /// <param name="settings">
    /// Configuration, such as <c>("Redis:Configuration", …)</c>. Without that setting the embedded store is used. A null removes a setting
    /// that is set here otherwise.
    /// </param>
    public ParkingApplication(params IEnumerable<(string Key, string? Value)> settings)
    {
        _settings = new()
        {
            ["Data:Folder"] = _folder.Path,
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
            ["RateLimits:MintsPerMinute"] = "6000",
            ["RateLimits:QuotesPerMinute"] = "6000",
            ["RateLimits:ScansPerSecond"] = "10000",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    public string EnvironmentName { get; init; } = Environments.Development;

    /// <summary>The service's clock. It stands still unless the test moves it. A simulation has its own.</summary>
    public FakeTimeProvider Time { get; } = new(Start);

    public CapturedLog Log { get; } = new();

    public SecretCollector Secrets { get; } = new();

    private bool IsSimulation => EnvironmentName == SimulationMode.EnvironmentName;

    /// <summary>Puts a service in place of another, before the start.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    public string PathOf(string file) => _folder.PathOf(file);

    /// <summary>A caller without any credentials.</summary>
    public HttpClient AnonymousClient() => CreateClient();

    public HttpClient CitizenClient(string citizenCode, object? entitlements = null) =>
        Client("Bearer", TokenFor(citizenCode, entitlements: entitlements));

    public HttpClient OperatorClient(string citizenCode = "operator-1") => Client("Bearer", TokenFor(citizenCode, Citizen.OperatorRole));

    public HttpClient GateClient(string gate) => Client("Gate", GateKeyOf(gate));

    public string GateKeyOf(string gate) => Secrets.Add(Development().Gates[gate]);

    /// <summary>A person's token; a citizen code of its own is a secret, too.</summary>
    public string TokenFor(string citizenCode, string? role = null, TimeSpan? lifetime = null, object? entitlements = null)
    {
        Secrets.Add(citizenCode);
        return Secrets.Add(DevelopmentTokens.Create(Development().Jwt, citizenCode, role, lifetime, entitlements));
    }

    /// <summary>Listens on a port of the loopback address instead of in memory: for WebSockets and the server's own limits.</summary>
    public ParkingApplication OnKestrel()
    {
        UseKestrel(0);
        StartServer();
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        foreach (var (key, value) in _settings.Where(setting => setting.Value is not null))
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        builder.ConfigureTestServices(services =>
        {
            if (!IsSimulation)
            {
                services.RemoveAll<TimeProvider>();
                services.AddSingleton<TimeProvider>(Time);
            }

            services.AddSingleton(new MachineTime(Time));

            // A Redis goes by the machine's clock, and cannot agree with the test's.
            services.AddSingleton<IStoreClock>(new SqliteStoreClock());
            Replace(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder.Path))
        {
            _folder.Dispose();
        }
    }

    private HttpClient Client(string scheme, string credentials)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, credentials);
        return client;
    }

    /// <summary>What the service made for itself at its start.</summary>
    private DevelopmentFile Development()
    {
        _ = Services;
        var folder = _settings["Data:Folder"]!;
        var file = JsonSerializer.Deserialize(
            File.ReadAllBytes(Path.Combine(folder, IsSimulation ? SimulationMode.MarkerFile : DevelopmentSecrets.FileName)),
            SecretFilesJsonContext.Default.DevelopmentFile)!;
        Secrets.Add(file.Jwt.SigningKey);
        Secrets.Add(file.CitizenKey);
        Secrets.Add(file.StayKey);
        return file;
    }
}
