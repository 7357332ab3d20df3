using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Sql;
using Parking.Contracts;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.ScannerSim.Tests.LiveCity;
using Parking.Simulation.Clients;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.EndToEnd;

public sealed class PagesDemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DemoPages_Interrupted_EndsWellWithAllThatItStartedAndItsFolders()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT with the program kill, which Windows does not have.");
        var port = LoopbackPort.FindFree();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, port);
        taken.Start();
        await using var simulator = Start(port, "--no-past");
        var origin = Origin(await simulator.WaitForLineAsync("Operators: ", Cancellation));
        Assert.InRange(origin.Port, port + 1, port + 100);
        Assert.EndsWith(
            "/driver  sign in as Lin Xia or Zhou Ming",
            await simulator.WaitForLineAsync("Drivers: ", Cancellation),
            StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains("yuyuan", await http.GetStringAsync(new Uri(origin, "/v1/facilities"), Cancellation), StringComparison.Ordinal);

        await simulator.InterruptAsync(Cancellation);

        var code = await simulator.WaitForExitAsync(Cancellation);
        Assert.True(code == ExitCodes.Good, simulator.Output);
        Assert.DoesNotMatch("SP[12]:", simulator.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath, "parking-demo-*"));
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", origin.Port, Cancellation));
    }

    [Fact]
    public async Task DemoPages_WithAnAddressForPhones_SaysWhereItIs_AndThatTheCertificateIsForAnotherHost()
    {
        var (certificate, key, phones) = (Path.Combine(_folder.FullPath, "pc.pem"), Path.Combine(_folder.FullPath, "pc.key"),
            $"https://localhost:{LoopbackPort.FindFree()}");
        using var made = TestCertificates.Create("pc.local");
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(key, TestCertificates.KeyOf(made), Cancellation);
        await using var simulator = Start(
            LoopbackPort.FindFree(), "--no-past", "--listen", phones, "--certificate", certificate, "--key", key);

        await simulator.WaitForLineAsync($"{certificate}: the certificate does not name localhost", Cancellation);
        await simulator.WaitForLineAsync($"On a phone: {phones}/driver  ", Cancellation);
        await simulator.WaitForLineAsync($"手机：{phones}/driver  ", Cancellation);

        // Whoever trusts this certificate for this host all the same is served.
        using var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, served, _, _) => served?.GetCertHashString() == made.Thumbprint },
        });
        Assert.Contains("<html", await http.GetStringAsync($"{phones}/driver", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoPages_ServiceKilled_SaysSoAndExitsWithTwo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Kills the service with the program pkill, which Windows does not have.");
        await using var simulator = Start(LoopbackPort.FindFree(), "--no-past");
        await simulator.WaitForLineAsync("Operators: ", Cancellation);

        await RunAsync("pkill", "-KILL", "-P", $"{simulator.Id}", "-f", "ParkingApi.dll");

        Assert.Equal(ExitCodes.CannotRun, await simulator.WaitForExitAsync(Cancellation));
        Assert.Contains("The service ended by itself. Its last output:", simulator.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath, "parking-demo-*"));
    }

    [Fact]
    public async Task DemoPages_AtItsStart_HasLivedThroughAnHour()
    {
        var started = QuietCity.TimeProvider.GetUtcNow().ToInstant();
        await using var simulator = Start(LoopbackPort.FindFree());
        await simulator.WaitForLineAsync("… living through the last hour: ", Cancellation);
        var origin = Origin(await simulator.WaitForLineAsync("Operators: ", Cancellation));
        var settings = Directory.GetFiles(_folder.FullPath, "simulation.json", SearchOption.AllDirectories).Single();
        using var http = ServiceClient.Create(origin);
        http.DefaultRequestHeaders.Authorization = new(
            "Bearer", new Identities(SettingsFile.Load(settings), "test", QuietCity.TimeProvider.ToClock()).OperatorToken());

        var curve = await GetAsync<OccupancyDayAnswer>("/v1/facilities/hsp/occupancy/today");
        var hourAgo = (started - Duration.FromHours(1) - curve.From).TotalSeconds / curve.StepSeconds;
        Assert.All(curve.Occupied.Skip((int)Math.Max(0, hourAgo)).SkipLast(1), number => Assert.NotNull(number));

        var stays = await GetAsync<ArchivedStaysAnswer>("/v1/archive/stays?facility=yuyuan&limit=200");
        Assert.True(stays.Stays.Count(stay => stay.EndedAt < started && stay.State == StayState.Settled) >= 20);

        var today = started.InZone(DateTimeZoneProviders.Tzdb[curve.TimeZone]).Date;
        var use = await GetAsync<FacilityUseAnswer>($"/v1/facilities/hsp/use?from={today.PlusDays(-1):uuuu-MM-dd}&to={today:uuuu-MM-dd}");
        Assert.NotNull(use.Sum.DwellP50);

        var alarms = await GetAsync<AlarmListAnswer>("/v1/alarms");
        Assert.Equal(
            [
                ("entry_barrier_fault:lujiazui-in-1", AlarmState.ReturnedUnacknowledged),
                ("tailgating:jingan-temple-in-1", AlarmState.Acknowledged),
            ],
            alarms.Alarms.Where(alarm => alarm.RaisedAt < started).Select(alarm => (alarm.Id, alarm.State)).Order());

        var acts = (await GetAsync<AuditAnswer>("/v1/audit")).Acts;
        Assert.Equal(
            ["take_inventory", "close_facility", "open_facility", "acknowledge_alarm", "open_once", "acknowledge_alarm"],
            acts.Reverse().Select(act => act.Act));
        Assert.Equal(["Chen Wei", "Li Na"], acts.Select(act => act.Staff).Distinct().Order());
        Assert.Equal(["granted", "obeyed"], acts.Single(act => act.Act == "open_once").Outcomes.Select(outcome => outcome.Result));
        Assert.True((await VerifyAuditAsync(settings)).IsIntact);

        async Task<T> GetAsync<T>(string path) =>
            (await http.GetFromJsonAsync<T>(path, GateProtocolJson.Options, Cancellation))!;
    }

    /// <summary>Verifies the audit beside the service, which appends to it.</summary>
    private static async Task<AuditFindings> VerifyAuditAsync(string settings)
    {
        using var secrets = JsonDocument.Parse(await File.ReadAllBytesAsync(settings, Cancellation));
        using var key = AuditKey.OfSecret(secrets.RootElement.GetProperty("auditKey").GetString()!);
        var database = new SqliteBackOffice(Path.Combine(Path.GetDirectoryName(settings)!, "backoffice.db"), isSimulation: true);
        return await new AuditVerification(database, [key]).RunAsync([], Cancellation);
    }

    private SimulatorProcess Start(int port, params string[] more) => SimulatorProcess.Start(
        ["demo", "--pages", "--plain", "--store", "embedded", "--port", $"{port}", .. more],
        new Dictionary<string, string> { ["TMPDIR"] = _folder.FullPath });

    private static Uri Origin(string line) => new(new Uri(line.Split(' ')[1]), "/");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }
}
