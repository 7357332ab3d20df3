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
    /// <summary>Whoever has these may do everything.</summary>
    public static readonly IReadOnlyList<string> AllDuties = ["operate@city", "money@city", "admin@city"];

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
            ["RateLimits:ScreenCodesPerMinute"] = "6000",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    public string EnvironmentName { get; init; } = Environments.Development;

    /// <summary>The service's clock. It stands still unless the test moves it. A simulation has its own.</summary>
    public FakeTimeProvider Time { get; } = new(Start);

    /// <summary>The clock of people's sign-in: the service's, unless a test gives another, to let weeks pass without the service.</summary>
    public FakeTimeProvider MachineClock { get => field ?? Time; init; }

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

    /// <summary>
    /// An operator with <see cref="AllDuties"/>, or with those that are given. Each request has a new token. <paramref name="staff"/> is
    /// the name by which operators know each other.
    /// </summary>
    public HttpClient OperatorClient(string citizenCode = "operator-1", IReadOnlyList<string>? duties = null, string? staff = null) =>
        CreateDefaultClient(new NewToken(() => TokenFor(citizenCode, duties ?? AllDuties, staff: staff)));

    public HttpClient GateClient(string gate) => Client("Gate", GateKeyOf(gate));

    public string GateKeyOf(string gate) => Secrets.Add(Development().Gates[gate]);

    /// <summary>
    /// A person's token, issued now by the clock of people's sign-in; a citizen code of its own is a secret, too. With duties it lives for
    /// as long as it may, without them for ever, unless a lifetime is given.
    /// </summary>
    public string TokenFor(
        string citizenCode, IReadOnlyList<string>? duties = null, TimeSpan? lifetime = null, object? entitlements = null,
        string? staff = null)
    {
        var claims = new Dictionary<string, object> { [Citizen.CodeClaim] = Secrets.Add(citizenCode) };
        if (duties is not null)
        {
            claims[DutyReader.Claim] = duties;
            lifetime ??= PeopleTokens.LongestWithDuties.ToTimeSpan();
        }

        if (entitlements is not null)
        {
            claims[Citizen.EntitlementsClaim] = entitlements;
        }

        if (staff is not null)
        {
            claims[Staff.Claim] = staff;
        }

        return TokenOf(claims, MachineClock.GetUtcNow(), lifetime);
    }

    /// <summary>A token of any claims.</summary>
    public string TokenOf(Dictionary<string, object> claims, DateTimeOffset? issued, TimeSpan? lifetime) =>
        Secrets.Add(DevelopmentTokens.Create(Development().Jwt, claims, issued, lifetime));

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

            services.AddSingleton(new MachineTime(MachineClock));

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

    private sealed class NewToken(Func<string> token) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", token());
            return base.SendAsync(request, cancellationToken);
        }
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
        Secrets.Add(file.AuditKey!);
        return file;
    }
}
