using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Occupancy;

/// <summary>What an operator's screen hears of decisions, record by record.</summary>
public sealed class OccupancyDecisionTests : IDisposable
{
    private const string Plate = "沪A12345";

    private readonly ParkingApplication _app = new ParkingApplication().OnKestrel();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task DecisionOfAScan_IsHeardOnce()
    {
        using var screen = await SubscribeAsync("facility:hsp");
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1);

        await _app.ScanAsync("hsp-in-1", scan);
        await _app.ScanAsync("hsp-in-1", scan);
        await _app.ScanAsync("yuyuan-in-1", _app.Scan("SP1:FORGED", 1));
        await _app.ScanAsync("hsp-out-1", _app.Scan("SP1:FORGED", 1));

        Assert.Equal(
            [
                new("hsp", "hsp-in-1", GateDirection.Entry, GateDecision.Open, ScanReason.Entered, scan.DeviceTime, Live: true),
                new("hsp", "hsp-out-1", GateDirection.Exit, GateDecision.Refuse, ScanReason.BadShape, scan.DeviceTime, Live: true),
            ],
            await DecisionsAsync(screen, 2));
    }

    [Fact]
    public async Task DecisionOfAGateAlone_IsHeardWhenItArrives_ButNotWhenItComesAgainByItsToken()
    {
        using var screen = await SubscribeAsync("district:huangpu");
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1) with { Local = ScanReason.OpenedOffline };
        var forged = _app.Scan("SP1:FORGED", 2) with { Local = ScanReason.OfflineShut };
        _app.Time.Advance(TimeSpan.FromMinutes(5));

        var answer = await _app.ScanAsync("hsp-in-1", scan);
        await _app.ScanAsync("hsp-in-1", scan with { Code = null, Local = null, DecisionToken = answer.DecisionToken });
        await _app.ScanAsync("hsp-in-1", forged);
        await _app.DriveAsync("hsp-out-1", "robert", 1);

        var now = Instant.FromDateTimeOffset(_app.Time.GetUtcNow());
        Assert.Equal(
            [
                new("hsp", "hsp-in-1", GateDirection.Entry, GateDecision.Open, ScanReason.OpenedOffline, scan.DeviceTime, Live: false),
                new("hsp", "hsp-in-1", GateDirection.Entry, GateDecision.Refuse, ScanReason.OfflineShut, scan.DeviceTime, Live: false),
                new("hsp", "hsp-out-1", GateDirection.Exit, GateDecision.Open, ScanReason.MissedEntry, now, Live: true),
            ],
            await DecisionsAsync(screen, 3));
    }

    [Fact]
    public async Task RecordsOfTheHub_HaveNoCodePlateOrHolder()
    {
        using var phone = _app.CitizenClient("alice-310101");
        await phone.PutAsJsonAsync(
            "/v1/me/vehicles",
            new { vehicles = new[] { new { plate = Plate, @class = "car" } } },
            TestContext.Current.CancellationToken);
        var code = await _app.FetchCodeAsync(phone, Plate);
        using var screen = await SubscribeAsync("city");

        await _app.ScanAsync("hsp-in-1", _app.Scan(code, 1));
        await _app.ScanAsync("hsp-in-1", _app.Scan(code, 2));
        var decisions = await DecisionsAsync(screen, 2);

        Assert.Equal([ScanReason.Entered, ScanReason.CodeUsed], decisions.Select(decision => decision.Reason));
        var secrets = _app.Services.GetRequiredService<ServiceSecrets>();
        var holder = await _app.Services.GetRequiredService<HolderRegistry>().HolderOfAsync(secrets.CitizenKeyOf("alice-310101"));
        _app.Secrets.Add(Plate);
        _app.Secrets.Add(holder.Value.ToString(CultureInfo.InvariantCulture));
        _app.Secrets.Add(holder.Value.ToString("x16", CultureInfo.InvariantCulture));
        _app.Secrets.AssertNoneIn(screen.Records);
    }

    private async Task<RawHubConnection> SubscribeAsync(string scope)
    {
        var screen = await RawHubConnection.ConnectAsync(_app, OccupancyHub.Path, _app.TokenFor("operator-1", ["watch@city"]));
        await screen.SendAsync($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["{{scope}}"]}""");
        await screen.HearAsync("\"invocationId\":\"1\"");
        return screen;
    }

    /// <summary>Lets a tick pass, and hears on until so many decisions were heard: in one message, or in more if a tick came between.
    /// </summary>
    private async Task<IReadOnlyList<DecisionMessage>> DecisionsAsync(RawHubConnection screen, int count)
    {
        _app.Time.Advance(OccupancyPump.Period);
        var heard = new List<DecisionMessage>();
        while (heard.Count < count)
        {
            using var record = JsonDocument.Parse(await screen.HearAsync("\"target\":\"Decided\""));
            var batch = record.RootElement.GetProperty("arguments")[0];
            heard.AddRange(batch.Deserialize<IReadOnlyList<DecisionMessage>>(ContractJson.Options)!);
        }

        return heard;
    }
}
