using System.Net;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Parking.Api.Recording;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.Simulation;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Recording;

/// <summary>What a recording has, and what it never has.</summary>
public sealed class RecordingTests : IDisposable
{
    private const string Plate = "沪A98765";
    private const string In = "hsp-in-1";
    private const string Out = "hsp-out-1";

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ParkingApplication _app = new ParkingApplication { Replace = PricedCity.Use(_ => SampleTariffs.Stepped) }.OnKestrel();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task EverythingThatHappens_IsToldInOrder_AndNobodyIsNamed()
    {
        await RegisterAsync("alice-310101");
        using var listener = await Listener.BeginAsync(_app);
        var code = await _app.FetchCodeAsync("alice-310101", Plate);

        var entered = await _app.ScanAsync(In, _app.Scan(code, 1));
        await _app.UploadAsync(In, Act(2, BarrierAct.Opened, 1), Act(3, BarrierAct.Passed, 1), Tailgating(4));
        await _app.ScanAsync(In, _app.Scan(code, 5));
        await _app.ScanAsync(In, _app.Scan("no code at all", 6));
        await _app.UploadAsync(In, Act(7, BarrierAct.OpenedByHand, 6, "Mr Wang of No. 7 has lost his phone"));
        await _app.UploadAsync(Out, new ReportedInventory { Seq = 1, DeviceTime = Now(), Closes = [entered.Stay!.Id], Count = 4 });

        var lines = await listener.HearAsync(8);
        Assert.Equal(["scan", "act", "act", "incident", "scan", "scan", "act", "inventory"], lines.Select(line => Text(line, "type")));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 1], lines.Select(line => line.GetProperty("seq").GetInt32()));
        Assert.All(lines, line => Assert.Equal((Driving.Journal, "2026-05-04T08:30:15Z"), (Text(line, "journal"), Text(line, "at"))));
        var (scan, copy, nobody, inventory) = (lines[0], lines[4], lines[5], lines[7]);
        Assert.Equal(("entered", "electric"), (Text(scan, "reason"), Text(scan, "class")));
        Assert.Equal("code_used", Text(copy, "reason"));
        Assert.All(["driver", "vehicle", "code"], member => Assert.Equal(Text(scan, member), Text(copy, member)));
        Assert.Equal(("not_a_code", null), (Text(nobody, "reason"), Text(nobody, "driver")));
        var closed = Assert.Single(inventory.GetProperty("closes").EnumerateArray());
        Assert.Equal(
            (Text(scan, "driver"), Text(scan, "stay"), 4),
            (Text(closed, "driver"), Text(closed, "stay"), inventory.GetProperty("count").GetInt32()));

        var secrets = new SecretCollector();
        Array.ForEach([code, Plate, "alice-310101", "Mr Wang", entered.Stay.Id], secret => secrets.Add(secret));
        secrets.AssertNoneIn(listener.Heard);
        _app.Secrets.AssertNoneIn(listener.Heard);
    }

    [Fact]
    public async Task FirstLine_HasTheCityAsItStandsInItsFile()
    {
        using var app = new ParkingApplication().OnKestrel();
        using var listener = await Listener.BeginAsync(app);

        var header = JsonElement.Parse(listener.Heard[0]);

        Assert.Equal((1, "2026-05-04T08:30:15Z"), (header.GetProperty("recording").GetInt32(), Text(header, "starts")));
        var folder = Path.Combine(AppContext.BaseDirectory, "DemoCity");
        Assert.Equal(Compact(Path.Combine(folder, "city.json")), header.GetProperty("city").GetRawText());
        var files = header.GetProperty("files").EnumerateObject().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Compact(Path.Combine(folder, file.Name)), file.Value.GetRawText()));
    }

    [Fact]
    public async Task Pseudonyms_OfTwoRecordings_HaveNothingInCommon()
    {
        await RegisterAsync("alice-310101");
        using var one = await Listener.BeginAsync(_app);
        using var other = await Listener.BeginAsync(_app);

        await _app.DriveAsync(In, "alice-310101", 1, Plate);
        await _app.DriveAsync(Out, "alice-310101", 1, Plate);

        var (first, second) = (await one.HearAsync(2), await other.HearAsync(2));
        Assert.Equal(Text(first[0], "driver"), Text(first[1], "driver"));
        Assert.Empty(NamesIn(first).Intersect(NamesIn(second)));
        Assert.Equal(4, NamesIn(first).Count());
    }

    [Fact]
    public async Task WhatIsRepeated_IsToldAgain_AndWhatDidNotHappen_IsNot()
    {
        using var listener = await Listener.BeginAsync(_app);
        var scan = _app.Scan(await _app.FetchCodeAsync("alice-310101"), 1);

        await _app.ScanAsync(In, scan);
        await _app.ScanAsync(In, scan);
        await _app.PostEventsAsync(In, _app.Scan("another content", 1));
        await _app.UploadAsync(In, Act(3, BarrierAct.Passed, 2));
        await _app.UploadAsync(In, Act(4, BarrierAct.OpenedByHand, null));
        await _app.UploadAsync(In, Tailgating(5));

        Assert.Equal(
            [(1, "scan"), (1, "scan"), (5, "incident")],
            (await listener.HearAsync(3)).Select(line => (line.GetProperty("seq").GetInt32(), Text(line, "type")!)));
    }

    [Fact]
    public async Task LateEvent_HasTheTimeAtWhichItHappened()
    {
        var code = await _app.FetchCodeAsync("alice-310101");
        var shownAt = Now();
        using var listener = await Listener.BeginAsync(_app);
        _app.Time.Advance(TimeSpan.FromMinutes(40));

        await _app.UploadAsync(In, new ReportedScan { Seq = 1, DeviceTime = shownAt, Code = code, Local = ScanReason.OpenedOffline });

        var line = await listener.HearAsync();
        line = Text(line, "type") == "quiet" ? await listener.HearAsync() : line;
        Assert.Equal(("opened_offline", "2026-05-04T08:30:15Z"), (Text(line, "reason"), Text(line, "at")));
    }

    [Fact]
    public async Task Silence_IsSaid()
    {
        using var listener = await Listener.BeginAsync(_app);
        var next = listener.HearAsync();

        await _app.PassUntilAsync(TimeSpan.FromMinutes(10), async () => (await _app.AskAsync("/v1/gates"), next.IsCompleted).IsCompleted);

        Assert.Equal("quiet", Text(await next, "type"));
    }

    /// <summary>Nobody moves the clock of the simulation meanwhile: the recorder would take the silence for a lost connection.</summary>
    [Fact]
    public async Task Silence_OfASimulation_IsSaidInTheTimeOfTheMachine()
    {
        using var simulation = SimulatedTime.Begin().OnKestrel();
        using var listener = await Listener.BeginAsync(simulation);
        var next = listener.HearAsync();

        await simulation.PassUntilAsync(TimeSpan.FromMinutes(1), () => Task.FromResult(next.IsCompleted));

        Assert.Equal(("quiet", SimulatedTime.Start), (Text(await next, "type"), Text(await next, "at")));
    }

    [Fact]
    public async Task ServiceThatStops_SaysSo()
    {
        using var listener = await Listener.BeginAsync(_app);

        _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(
            ("end", "service_stops"), (Text(await listener.HearAsync(), "type"), Text(JsonElement.Parse(listener.Heard[^1]), "why")));
        Assert.Equal(JsonValueKind.Undefined, (await listener.HearAsync()).ValueKind);
        Assert.Contains(_app.Log.Lines, line => line.Contains("RecordingCutOff", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recordings_AreFourAtATime_AndOneThatIsOverMakesRoom()
    {
        var listeners = new List<Listener>();
        for (var n = 0; n < Recorder.MaxRecordings; n++)
        {
            listeners.Add(await Listener.BeginAsync(_app));
        }

        using (var client = _app.OperatorClient())
        using (var refused = await client.GetAsync("/v1/recording", Cancellation))
        {
            await ProblemAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "too-many-recordings");
        }

        listeners[0].Dispose();

        await _app.PassUntilAsync(TimeSpan.FromMinutes(10), async () =>
        {
            using var client = _app.OperatorClient();
            using var response = await client.GetAsync("/v1/recording", HttpCompletionOption.ResponseHeadersRead, Cancellation);
            return response.IsSuccessStatusCode;
        });
        listeners.ForEach(listener => listener.Dispose());
        Assert.Contains(_app.Log.Lines, line => line.Contains("RecordingEnded", StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains("RecordingCutOff", StringComparison.Ordinal));
    }

    private async Task RegisterAsync(string citizen)
    {
        using var phone = _app.CitizenClient(citizen);
        using var response = await phone.PutAsJsonAsync(
            "/v1/me/vehicles", new { vehicles = new[] { new { plate = Plate, @class = "electric" } } }, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    private static IEnumerable<string> NamesIn(IEnumerable<JsonElement> scans) =>
        scans.SelectMany(scan => new[] { Text(scan, "driver"), Text(scan, "vehicle"), Text(scan, "code") }).OfType<string>().Distinct();

    private ReportedAct Act(long seq, BarrierAct act, long? scan, string? reason = null) =>
        new() { Seq = seq, DeviceTime = Now(), Act = act, Scan = scan, Reason = reason };

    private ReportedIncident Tailgating(long seq) => new() { Seq = seq, DeviceTime = Now(), Incident = GateIncident.Tailgating };

    private Instant Now() => Instant.FromDateTimeOffset(_app.Time.GetUtcNow());

    private static string? Text(JsonElement line, string member) => line.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static string Compact(string path) => JsonSerializer.Serialize(JsonElement.Parse(File.ReadAllBytes(path)), Unescaped);
}
