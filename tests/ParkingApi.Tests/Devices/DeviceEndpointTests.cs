using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Devices;

/// <summary>Linking a device and getting certificates as a phone does: over HTTP.</summary>
public sealed class DeviceEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Plate = "沪A12345";

    private static readonly LocalCodeSigner Key = LocalCodeSigner.Create();

    private static long _seq;

    private readonly ParkingApplication _app = shared.App;
    private readonly string _owner = shared.FreshCitizen("olive");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LinkedDevice_EntersAndLeaves_WithoutASignIn()
    {
        await _app.ListCarsAsync(_owner, Plate);
        var device = await LinkAsync();
        var phone = LocalCodeSigner.Create();

        var given = await AnswerAsync(await AskAsync(device.Id, [Wanted(phone, Plate)]));

        var minter = new DeviceCodeMinter(phone, DeviceCertificate.Read(Base64Url.DecodeFromChars(given.Certificates[0])));
        Assert.Equal(minter.Certificate.ExpiresAt, given.ExpiresAt);
        Assert.InRange(given.ExpiresAt - given.Time, Duration.FromDays(7) - Duration.FromHours(1), Duration.FromDays(7));
        var entered = await ScanAsync("hsp-in-1", minter);
        var stay = Assert.Single((await _app.StaysOfAsync(_owner)).Open);
        var left = await ScanAsync("hsp-out-1", minter);
        Assert.Equal((ScanReason.Entered, ScanReason.Exited), (entered.Reason, left.Reason));
        Assert.Equal((entered.Stay!.Id, Plate), (stay.Id, stay.Plate));
    }

    [Fact]
    public async Task Devices_AreThoseThatWereLinked_UnderTheirNames()
    {
        var first = await LinkAsync("First");
        using var client = _app.CitizenClient(_owner);

        using var renamed = await client.PutAsJsonAsync(
            $"/v1/me/devices/{first.Id}", new RenameDeviceRequest { Name = " 我的手机 " }, ContractJson.Options, Cancellation);
        var again = await LinkAsync("Again");
        var listed = await ListAsync(client);

        Assert.Equal("我的手机", (await renamed.Content.ReadFromJsonAsync<LinkedDevice>(ContractJson.Options, Cancellation))!.Name);
        Assert.Equal((first.Id, "Again", first.LinkedAt), (again.Id, again.Name, again.LinkedAt));
        Assert.Equal([again], listed);
        Assert.Equal(again.LinkedAt + Duration.FromDays(90), again.RenewableUntil, Comparer);
    }

    [Fact]
    public async Task RemovedDevice_IsRefusedEverywhere_AndGatesHearOfWhatItWasGiven()
    {
        await _app.ListCarsAsync(_owner, Plate);
        var device = await LinkAsync();
        var phone = LocalCodeSigner.Create();
        var given = await AnswerAsync(await AskAsync(device.Id, [Wanted(phone, Plate)]));
        var minter = new DeviceCodeMinter(phone, DeviceCertificate.Read(Base64Url.DecodeFromChars(given.Certificates[0])));
        var before = await RevocationsAsync(0);
        using var client = _app.CitizenClient(_owner);

        using var removed = await client.DeleteAsync($"/v1/me/devices/{device.Id}", Cancellation);
        using var again = await client.DeleteAsync($"/v1/me/devices/{device.Id}", Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (removed.StatusCode, again.StatusCode));
        Assert.Empty(await ListAsync(client));
        Assert.Equal(ScanReason.DeviceRevoked, (await ScanAsync("hsp-in-1", minter)).Reason);
        using var refused = await AskAsync(device.Id, [Wanted(phone, Plate)]);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.Forbidden, "device-not-proven");
        var after = await RevocationsAsync(before.Newest);
        Assert.Equal([minter.Certificate.Id.Digest.ToString("x16")], after.Entries.Select(entry => entry.Digest));
        Assert.Equal(minter.Certificate.ExpiresAt, after.Entries[0].ExpiresAt);
        Assert.Empty((await RevocationsAsync(after.Newest)).Entries);
    }

    [Fact]
    public async Task Device_OfSomebodyElse_IsNotFound()
    {
        var device = await LinkAsync();
        using var stranger = _app.CitizenClient(shared.FreshCitizen("sam"));

        using var renamed = await stranger.PutAsJsonAsync(
            $"/v1/me/devices/{device.Id}", new RenameDeviceRequest { Name = "Mine" }, ContractJson.Options, Cancellation);
        using var removed = await stranger.DeleteAsync($"/v1/me/devices/{device.Id}", Cancellation);
        using var owner = _app.CitizenClient(_owner);

        await ProblemAssert.IsAsync(renamed, HttpStatusCode.NotFound, "device-not-found");
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Single(await ListAsync(owner));
    }

    /// <summary>
    /// Whoever has not the device's key gets nothing, and learns nothing: the answer is the same for a device that is not there.
    /// </summary>
    [Theory]
    [InlineData("another key")]
    [InlineData("another device's challenge")]
    [InlineData("a challenge that has expired")]
    [InlineData("no such device")]
    [InlineData("a code instead of a proof")]
    [InlineData("a proof cut short")]
    public async Task Proof_ThatIsNotTheDevices_IsRefused(string fault)
    {
        var device = await LinkAsync();
        var id = fault == "no such device" ? new string('0', 32) : device.Id;
        var challenge = await ChallengeAsync(fault == "another device's challenge" ? new string('1', 32) : id);
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new WantedCertificates { Challenge = challenge, Certificates = [Wanted(LocalCodeSigner.Create())] }, ContractJson.Options);
        var proof = DeviceProof.Make(fault == "another key" ? LocalCodeSigner.Create() : Key, payload);
        if (fault == "a challenge that has expired")
        {
            _app.Time.Advance(TimeSpan.FromMinutes(5));
        }

        proof = fault switch
        {
            "a code instead of a proof" => [0x84, 0x43, 0xA1, 0x01, 0x26, 0xA0, 0x41, 0x00, 0x58, 0x40, .. new byte[64]],
            "a proof cut short" => proof[..^1],
            _ => proof,
        };

        using var refused = await PostAsync(id, proof);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.Forbidden, "device-not-proven");
    }

    [Fact]
    public async Task Certificates_ForAVehicleThatIsNotTheirs_AreNotIssued()
    {
        using var refused = await AskAsync((await LinkAsync()).Id, [Wanted(LocalCodeSigner.Create(), "沪B99999")]);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.NotFound, "vehicle-not-found");
    }

    [Fact]
    public async Task Request_ThatIsNotOfTheForm_NamesThePlace()
    {
        var device = (await LinkAsync()).Id;
        var key = LocalCodeSigner.Create();

        Assert.Equal(["proof.certificates"], await FaultsAsync(await AskAsync(device, [])));
        Assert.Equal(["proof.certificates"], await FaultsAsync(await AskAsync(device, [Wanted(key), Wanted(key)])));
        Assert.Equal(
            ["proof.certificates[1].key", "proof.certificates[1].plate"],
            await FaultsAsync(await AskAsync(
                device, [Wanted(key), new() { Plate = "?", Key = new() { X = new('A', 43), Y = new('A', 43) } }])));
        Assert.Equal(["proof"], await FaultsAsync(await PostAsync(device, DeviceProof.Make(Key, "not JSON"u8))));
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData(" ", "name")]
    [InlineData("a\u202eb", "name")]
    [InlineData("12345678901234567890123456789012345678901", "name")]
    public async Task Name_ThatCannotBeRead_IsRefused(string name, string member)
    {
        using var client = _app.CitizenClient(_owner);

        using var refused = await client.PostAsJsonAsync(
            "/v1/me/devices", new LinkDeviceRequest { Name = name, Key = KeyOf(Key) }, ContractJson.Options, Cancellation);

        Assert.Equal([member], await FaultsAsync(refused));
    }

    [Fact]
    public async Task Key_ThatIsNoPointOfTheCurve_IsRefused()
    {
        using var client = _app.CitizenClient(_owner);
        var key = new DeviceKey { X = KeyOf(Key).X, Y = KeyOf(Key).X };

        using var refused = await client.PostAsJsonAsync(
            "/v1/me/devices", new LinkDeviceRequest { Name = "phone", Key = key }, ContractJson.Options, Cancellation);

        Assert.Equal(["key"], await FaultsAsync(refused));
    }

    [Fact]
    public async Task Heartbeat_SaysHowFarTheListHasCome()
    {
        await _app.ListCarsAsync(_owner, Plate);
        var device = await LinkAsync();
        await AnswerAsync(await AskAsync(device.Id, [Wanted(LocalCodeSigner.Create(), Plate)]));
        using var client = _app.CitizenClient(_owner);
        using var removed = await client.DeleteAsync($"/v1/me/devices/{device.Id}", Cancellation);

        await _app.Services.GetRequiredService<Api.Gates.RevocationWatch>().CatchUpAsync(Cancellation);

        Assert.Equal((await RevocationsAsync(0)).Newest, (await _app.BeatAsync("hsp-in-1")).Revocations);
    }

    [Fact]
    public async Task Erasing_EndsTheDevices()
    {
        await _app.ListCarsAsync(_owner, Plate);
        var device = await LinkAsync();
        await AnswerAsync(await AskAsync(device.Id, [Wanted(LocalCodeSigner.Create(), Plate)]));
        var before = (await RevocationsAsync(0)).Newest;
        using var client = _app.CitizenClient(_owner);

        using var erased = await client.DeleteAsync("/v1/me", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Empty(await ListAsync(client));
        Assert.Single((await RevocationsAsync(before)).Entries);
        using var refused = await AskAsync(device.Id, [Wanted(LocalCodeSigner.Create())]);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.Forbidden, "device-not-proven");
    }

    private static IEqualityComparer<Instant> Comparer { get; } = EqualityComparer<Instant>.Create(
        (a, b) => Duration.Max(a - b, b - a) < Duration.FromMinutes(1), _ => 0);

    private static DeviceKey KeyOf(ICodeSigner signer) => new()
    {
        X = Base64Url.EncodeToString(signer.PublicKey.X),
        Y = Base64Url.EncodeToString(signer.PublicKey.Y),
    };

    private static WantedCertificate Wanted(ICodeSigner signer, string? plate = null) => new() { Plate = plate, Key = KeyOf(signer) };

    /// <summary>A phone shows a code that it makes now.</summary>
    private Task<ScanAnswer> ScanAsync(string gate, DeviceCodeMinter phone)
    {
        var code = phone.Mint(Instant.FromDateTimeOffset(_app.Time.GetUtcNow())).Text;
        return _app.ScanAsync(gate, _app.Scan(_app.Secrets.Add(code), Interlocked.Increment(ref _seq)));
    }

    private async Task<LinkedDevice> LinkAsync(string name = "phone")
    {
        using var client = _app.CitizenClient(_owner);
        using var linked = await client.PostAsJsonAsync(
            "/v1/me/devices", new LinkDeviceRequest { Name = name, Key = KeyOf(Key) }, ContractJson.Options, Cancellation);
        Assert.Equal(HttpStatusCode.OK, linked.StatusCode);
        return (await linked.Content.ReadFromJsonAsync<LinkedDevice>(ContractJson.Options, Cancellation))!;
    }

    private async Task<IReadOnlyList<LinkedDevice>> ListAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<LinkedDeviceListAnswer>("/v1/me/devices", ContractJson.Options, Cancellation))!.Devices;

    private async Task<string> ChallengeAsync(string device)
    {
        using var client = _app.AnonymousClient();
        using var answer = await client.PostAsJsonAsync(
            "/v1/devices/challenges", new ChallengeRequest { Device = device }, ContractJson.Options, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<ChallengeAnswer>(ContractJson.Options, Cancellation))!.Challenge;
    }

    private async Task<HttpResponseMessage> AskAsync(string device, IReadOnlyList<WantedCertificate> wanted)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new WantedCertificates { Challenge = await ChallengeAsync(device), Certificates = wanted }, ContractJson.Options);
        return await PostAsync(device, DeviceProof.Make(Key, payload));
    }

    private async Task<HttpResponseMessage> PostAsync(string device, byte[] proof)
    {
        using var client = _app.AnonymousClient();
        return await client.PostAsJsonAsync(
            "/v1/devices/certificates",
            new CertificateRequest { Device = device, Proof = Base64Url.EncodeToString(proof) },
            ContractJson.Options,
            Cancellation);
    }

    private static async Task<CertificateAnswer> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync<CertificateAnswer>(ContractJson.Options, Cancellation))!;
        }
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(HttpResponseMessage response)
    {
        using (response)
        {
            await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
            return [.. problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order()];
        }
    }

    private async Task<GateRevocations> RevocationsAsync(long after)
    {
        using var gate = _app.GateClient("hsp-in-1");
        return (await gate.GetFromJsonAsync<GateRevocations>(
            $"/v1/gates/hsp-in-1/revocations?after={after}", GateProtocolJson.Options, Cancellation))!;
    }
}
