using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Start;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Simulation;

/// <summary>Simulations and everything else are kept apart: each refuses what is the other's, and says what to do.</summary>
public sealed class SimulationStartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulation_OnAnEmptyFolder_MakesItsOwnSecretsAndSaysWhatItIs()
    {
        using var app = SimulatedTime.Begin();
        using var anybody = app.AnonymousClient();

        foreach (var address in new[] { "/health", "/health/live", "/health/ready" })
        {
            var health = await anybody.GetFromJsonAsync<JsonElement>(address, Cancellation);
            Assert.Equal(
                (true, SimulatedTime.Start), (health.GetProperty("simulation").GetBoolean(), health.GetProperty("now").GetString()));
        }

        Assert.True(File.Exists(app.PathOf(SimulationMode.MarkerFile)));
        Assert.False(File.Exists(app.PathOf("development.json")));
        Assert.Single(
            app.Log.Lines,
            line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("SimulationRuns", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnyOther_AskedHowItIs_SaysNothingOfSimulation()
    {
        using var app = new ParkingApplication();
        using var anybody = app.AnonymousClient();

        var health = await anybody.GetFromJsonAsync<JsonElement>("/health", Cancellation);

        Assert.False(health.TryGetProperty("simulation", out _));
        Assert.False(health.TryGetProperty("now", out _));
    }

    [Fact]
    public async Task AnyOther_AskedToMoveTime_HasNoSuchAddress()
    {
        using var app = new ParkingApplication();

        using var response = await app.PostClockAsync("2100-01-01T00:00:00Z", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Development")]
    public void AnyOther_OnASimulationsFolder_RefusesAndWritesNothing(string environment)
    {
        using var folder = new TempFolder();
        Simulate(folder);
        var before = FilesIn(folder);

        var message = MessageOfStart(environment, ("Data:Folder", folder.Path));

        Assert.Contains($"Data:Folder is a simulation's ({folder.PathOf("simulation.json")} says so)", message, StringComparison.Ordinal);
        Assert.Equal(before, FilesIn(folder));

        // Without what SQLite keeps beside its file while it is open: the last connection may close later.
        static IEnumerable<string> FilesIn(TempFolder folder) => Directory.GetFiles(folder.Path)
            .Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))
            .Order().ToList();
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public void AnyOther_WithASettingOfSimulations_RefusesAndNamesIt(string environment)
    {
        var message = MessageOfStart(environment, ("Simulation:StartsAt", SimulatedTime.Start), ("Simulation:Else", "1"));

        Assert.Contains($"Simulation:StartsAt is set, and the environment is {environment}", message, StringComparison.Ordinal);
        Assert.Contains("Simulation:Else is set", message, StringComparison.Ordinal);
        Assert.Contains("--environment Simulation", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parking.db")]
    [InlineData("keyring.json")]
    [InlineData("development.json")]
    [InlineData("gate-keys.json")]
    public void Simulation_OnAFolderOfAnother_RefusesAndLeavesItAlone(string file)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.PathOf(file), "another's");

        var message = MessageOfStart(SimulationMode.EnvironmentName, ("Data:Folder", folder.Path));

        Assert.Contains($"Data:Folder has data that is no simulation's ({folder.PathOf(file)})", message, StringComparison.Ordinal);
        Assert.Equal([folder.PathOf(file)], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5080", "urls has http://0.0.0.0:5080")]
    [InlineData("urls", "http://127.0.0.1:0;http://*:5080", "urls has http://*:5080")]
    [InlineData("urls", "http://localhost.example:80", "urls has http://localhost.example:80")]
    [InlineData("http_ports", "8080", "http_ports is set")]
    [InlineData("https_ports", "8443", "https_ports is set")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://192.0.2.1:80", "Kestrel:Endpoints:Web:Url is http://192.0.2.1:80")]
    [InlineData(
        "Simulation:StartsAt", "yesterday", "Simulation:StartsAt is 'yesterday'. It must be an instant such as 2016-02-01T00:00:00Z")]
    [InlineData("Simulation:StartsAt", "1970-01-01T00:00:00Z", "from 2000-01-01T00:00:00Z to 2100-01-01T00:00:00Z")]
    [InlineData("Simulation:StartAt", "2016-02-01T00:00:00Z", "Simulation:StartAt is no setting. There is Simulation:StartsAt")]
    [InlineData("Secrets:CitizenKey", "x", "Secrets:CitizenKey is set. A simulation makes its own keys")]
    [InlineData("Secrets:StayKey", "x", "Secrets:StayKey is set")]
    [InlineData("Gates:KeysFile", "x", "Gates:KeysFile is set")]
    [InlineData("Codes:KeyRingFile", "x", "Codes:KeyRingFile is set")]
    [InlineData("Authentication:Schemes:Bearer:Authority", "https://login.example", "Authentication:Schemes:Bearer is set")]
    public void Simulation_WithASettingThatIsNotForOne_RefusesAndSaysWhy(string setting, string value, string expected) =>
        Assert.Contains(expected, MessageOfStart(SimulationMode.EnvironmentName, (setting, value)), StringComparison.Ordinal);

    [Fact]
    public void Simulation_WithSeveralThingsWrong_SaysAllAtOnce()
    {
        var message = MessageOfStart(
            SimulationMode.EnvironmentName, ("urls", "http://*:80"), ("Simulation:StartsAt", "soon"), ("Secrets:StayKey", "x"));

        Assert.All(
            ["urls has", "Simulation:StartsAt is", "Secrets:StayKey is"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:5080;http://[::1]:5081;http://127.0.0.2:5082")]
    [InlineData("http://unix:/tmp/parking.sock")]
    public void Simulation_OnLoopback_Starts(string urls)
    {
        using var app = SimulatedTime.Begin(("urls", urls), ("http_ports", "8080"));

        using var client = app.CreateClient();
    }

    [Fact]
    public void Simulation_OnAFolderThatOneRunsOn_Refuses()
    {
        using var folder = new TempFolder();
        using var first = SimulatedTime.Begin(("Data:Folder", folder.Path));
        using var client = first.CreateClient();

        var message = MessageOfStart(SimulationMode.EnvironmentName, ("Data:Folder", folder.Path));

        Assert.Contains("in use by another simulation", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulation_StartedAgain_GoesOnWhereItWas()
    {
        using var folder = new TempFolder();
        using (var first = SimulatedTime.Begin(("Data:Folder", folder.Path)))
        {
            await first.AdvanceAsync("2016-02-03T04:05:06.0000007Z");
        }

        using var again = SimulatedTime.Begin(("Data:Folder", folder.Path));

        Assert.Equal("2016-02-03T04:05:06.0000007Z", await again.ClockAsync());
    }

    [Fact]
    public async Task Simulation_StartedAgainForALaterTime_BeginsThere()
    {
        using var folder = new TempFolder();
        Simulate(folder);

        using var again = SimulatedTime.Begin(("Data:Folder", folder.Path), ("Simulation:StartsAt", "2016-03-01T00:00:00Z"));

        Assert.Equal("2016-03-01T00:00:00Z", await again.ClockAsync());
    }

    private static void Simulate(TempFolder folder)
    {
        using var app = SimulatedTime.Begin(("Data:Folder", folder.Path));
        using var client = app.CreateClient();
    }

    /// <summary>Everything that a failing start says.</summary>
    private static string MessageOfStart(string environment, params IEnumerable<(string, string?)> settings)
    {
        using var app = new ParkingApplication(settings) { EnvironmentName = environment };
        return Assert.Throws<InvalidSettingsException>(() => app.CreateClient()).Message;
    }
}
