using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Drivers;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Drivers;

/// <summary>What a driver's phone hears, over a WebSocket.</summary>
public sealed class DriverHubTests : IDisposable
{
    private static readonly BilingualText NameOfHsp = new("人民广场北停车库", "People's Square North Garage");

    private readonly ParkingApplication _app = new ParkingApplication().OnKestrel();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task EntryAndExit_AreHeardWithTheStayAndItsFee()
    {
        using var phone = await ConnectAsync("alice");

        var entered = await _app.DriveAsync("hsp-in-1", "alice", 1);
        Assert.Equal(MomentOf("hsp-in-1", GateDirection.Entry, entered), await NextAsync(phone));

        _app.Time.Advance(TimeSpan.FromHours(3));
        var exited = await _app.DriveAsync("hsp-out-1", "alice", 1);
        var heard = await NextAsync(phone);

        Assert.Equal(MomentOf("hsp-out-1", GateDirection.Exit, exited), heard);
        Assert.Equal(
            (ScanReason.Exited, entered.Stay!.Id, entered.Stay.EnteredAt, Duration.FromHours(3)),
            (heard.Reason, heard.Stay, heard.EnteredAt, heard.ExitedAt - heard.EnteredAt));
        Assert.True(heard.Fee!.Total > 0);
        Assert.Equal(NameOfHsp, heard.FacilityName);
    }

    [Fact]
    public async Task Refusals_AreHeardWithWhatTheDisplaySays()
    {
        using var phone = await ConnectAsync("alice");
        var (used, old) = (await _app.FetchCodeAsync("alice"), await _app.FetchCodeAsync("alice"));
        await _app.ScanAsync("hsp-in-1", _app.Scan(used, 1));
        await NextAsync(phone);

        var usedAgain = await _app.ScanAsync("hsp-in-2", _app.Scan(used, 1));
        var parked = await _app.DriveAsync("hsp-in-2", "alice", 2);
        Assert.Equal(MomentOf("hsp-in-2", GateDirection.Entry, usedAgain), await NextAsync(phone));
        Assert.Equal(MomentOf("hsp-in-2", GateDirection.Entry, parked), await NextAsync(phone));

        _app.Time.Advance(TimeSpan.FromMinutes(5));
        var expired = await _app.ScanAsync("hsp-out-1", _app.Scan(old, 1));
        var heard = await NextAsync(phone);

        Assert.Equal(MomentOf("hsp-out-1", GateDirection.Exit, expired), heard);
        Assert.Equal(
            (ScanReason.Expired, GateDecision.Refuse, "Code expired. Please refresh", null, null),
            (heard.Reason, heard.Decision, heard.Text.En, heard.Stay, heard.Fee));
    }

    [Fact]
    public async Task AnotherDriver_HearsNothingOfIt()
    {
        using var alice = await ConnectAsync("alice");
        using var robert = await ConnectAsync("robert");

        await _app.DriveAsync("hsp-in-1", "alice", 1);
        await _app.DriveAsync("yuyuan-in-1", "robert", 1);

        Assert.Equal("yuyuan", (await NextAsync(robert)).Facility);
        Assert.Equal("hsp", (await NextAsync(alice)).Facility);
        Assert.DoesNotContain(robert.Records, record => record.Contains("hsp", StringComparison.Ordinal));
        Assert.DoesNotContain(alice.Records, record => record.Contains("yuyuan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASharedCar_IsHeardByAllWhoShareItNow_AndByNobodyElse()
    {
        await _app.ListCarsAsync("olive", "A1", "A2");
        var share = await _app.ShareAsync("olive", "maximilian", "A1");
        using var owner = await ConnectAsync("olive");
        using var member = await ConnectAsync("maximilian");
        using var robert = await ConnectAsync("robert");

        await _app.DriveAsync("hsp-in-1", "maximilian", 1, "A1");
        await _app.DriveAsync("hsp-out-1", "olive", 1, "A1");
        await _app.DriveAsync("hsp-in-2", "olive", 1, "A2");
        await _app.WithdrawAsync("olive", share);
        await _app.DriveAsync("hsp-in-1", "olive", 2, "A1");
        await _app.DriveAsync("yuyuan-in-1", "maximilian", 1);
        await _app.DriveAsync("yuyuan-in-1", "robert", 2);

        Assert.Equal(["hsp-in-1", "hsp-out-1", "hsp-in-2", "hsp-in-1"], await GatesOfAsync(owner, 4));
        Assert.Equal(["hsp-in-1", "hsp-out-1", "yuyuan-in-1"], await GatesOfAsync(member, 3));
        Assert.Equal(["yuyuan-in-1"], await GatesOfAsync(robert, 1));
    }

    /// <summary>The owner's only open stay there ends with any exit of the owner's codes. What it is, is not for members.</summary>
    [Fact]
    public async Task ASharedCarsExit_ThatEndsTheStayOfAnotherCar_TellsMembersNothingOfThatStay()
    {
        await _app.ListCarsAsync("olive", "A1", "A2");
        await _app.ShareAsync("olive", "maximilian", "A1");
        using var owner = await ConnectAsync("olive");
        using var member = await ConnectAsync("maximilian");
        var entered = await _app.DriveAsync("hsp-in-1", "olive", 1, "A2");
        await NextAsync(owner);
        _app.Time.Advance(TimeSpan.FromHours(3));

        var exited = await _app.DriveAsync("hsp-out-1", "maximilian", 1, "A1");

        Assert.Equal((ScanReason.Exited, entered.Stay!.Id), (exited.Reason, exited.Stay?.Id));
        Assert.Equal(MomentOf("hsp-out-1", GateDirection.Exit, exited), await NextAsync(owner));
        var text = ScanReason.Exited.Display();
        Assert.Equal(
            MomentOf("hsp-out-1", GateDirection.Exit, exited with { Stay = null, Fee = null, Display = text }), await NextAsync(member));
        Assert.NotEqual(text, exited.Display);
    }

    [Fact]
    public async Task Scan_ThatComesAgain_IsHeardOnce_OnAllThatTheDriverHas()
    {
        using var phone = await ConnectAsync("alice");
        using var tablet = await ConnectAsync("alice");
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1);

        await _app.ScanAsync("hsp-in-1", scan);
        await _app.ScanAsync("hsp-in-1", scan);
        await _app.DriveAsync("hsp-out-1", "alice", 1);

        foreach (var device in new[] { phone, tablet })
        {
            Assert.Equal(["hsp-in-1", "hsp-out-1"], [(await NextAsync(device)).Gate, (await NextAsync(device)).Gate]);
        }
    }

    [Fact]
    public async Task ScansThatAGateDecidedAlone_AreHeardWhenTheyArrive()
    {
        using var phone = await ConnectAsync("alice");
        var entry = _app.Scan(await _app.FetchCodeAsync("alice"), 1) with { Local = ScanReason.OpenedOffline };
        _app.Time.Advance(TimeSpan.FromHours(3));
        var exit = _app.Scan(await _app.FetchCodeAsync("alice"), 1) with { Local = ScanReason.OpenedOffline };
        _app.Time.Advance(TimeSpan.FromHours(1));

        await _app.ScanAsync("hsp-in-1", entry);
        await _app.ScanAsync("hsp-out-1", exit);
        var (entered, exited) = (await NextAsync(phone), await NextAsync(phone));

        Assert.Equal((entry.DeviceTime, entry.DeviceTime, ScanReason.OpenedOffline), (entered.At, entered.EnteredAt, entered.Reason));
        Assert.Equal((exit.DeviceTime, entered.Stay, exit.DeviceTime), (exited.At, exited.Stay, exited.ExitedAt));
        Assert.True(exited.Fee!.Total > 0);
    }

    [Fact]
    public async Task NothingThatIsHeardOrLogged_ContainsASecret()
    {
        using var phone = await ConnectAsync("alice-310101199001011234");

        await _app.DriveAsync("hsp-in-1", "alice-310101199001011234", 1);
        await _app.DriveAsync("hsp-out-1", "alice-310101199001011234", 1);
        await NextAsync(phone);
        await NextAsync(phone);

        var secrets = _app.Services.GetRequiredService<ServiceSecrets>();
        var holder = await _app.Services.GetRequiredService<HolderRegistry>().HolderOfAsync(
            secrets.CitizenKeyOf("alice-310101199001011234"));
        _app.Secrets.Add(holder.Value.ToString(CultureInfo.InvariantCulture));
        _app.Secrets.Add(holder.Value.ToString("x16", CultureInfo.InvariantCulture));
        _app.Secrets.AssertNoneIn(phone.Records);
        _app.Secrets.AssertNoneIn(_app.Log.Lines);
    }

    [Fact]
    public async Task Nobody_CannotConnect()
    {
        using var nobody = _app.AnonymousClient();
        using var gate = _app.GateClient("hsp-in-1");

        foreach (var client in new[] { nobody, gate })
        {
            using var response = await client.PostAsync(
                $"{DriverHub.Path}/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private async Task<RawHubConnection> ConnectAsync(string citizen)
    {
        var phone = await RawHubConnection.ConnectAsync(_app, DriverHub.Path, _app.TokenFor(citizen));
        await phone.HearAsync("\"target\":\"Ready\"");
        return phone;
    }

    private static async Task<GateMoment> NextAsync(RawHubConnection phone)
    {
        using var record = JsonDocument.Parse(await phone.HearAsync("\"target\":\"AtGate\""));
        return record.RootElement.GetProperty("arguments")[0].Deserialize<GateMoment>(ContractJson.Options)!;
    }

    private static async Task<List<string>> GatesOfAsync(RawHubConnection phone, int moments)
    {
        var gates = new List<string>();
        while (gates.Count < moments)
        {
            gates.Add((await NextAsync(phone)).Gate);
        }

        return gates;
    }

    /// <summary>What a driver is to hear of a scan that was made now.</summary>
    private GateMoment MomentOf(string gate, GateDirection direction, ScanAnswer answer) => new()
    {
        Facility = "hsp",
        FacilityName = NameOfHsp,
        TimeZone = "Asia/Shanghai",
        Gate = gate,
        Direction = direction,
        Decision = answer.Decision,
        Reason = answer.Reason,
        At = Instant.FromDateTimeOffset(_app.Time.GetUtcNow()),
        Text = new(answer.Display.Zh, answer.Display.En),
        Stay = answer.Stay?.Id,
        EnteredAt = answer.Stay?.EnteredAt,
        ExitedAt = answer.Stay?.ExitedAt,
        Fee = answer.Fee is { } fee ? new(fee.Total, fee.Currency) : null,
    };
}
