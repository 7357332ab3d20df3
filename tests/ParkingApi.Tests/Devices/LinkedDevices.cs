using Microsoft.Extensions.Logging.Abstractions;
using Parking.Accounts;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Devices;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Tariffs;

namespace Parking.Api.Tests.Devices;

/// <summary>Devices that make codes without a network, on every store: what they open, and what they are given.</summary>
public abstract partial class LinkedDevices : GateWorldTests
{
    private const int All = 1000;

    private static readonly HolderId Owner = new(0x0a1), Member = new(0x3e3);
    private static readonly Plate Car = Plate.Parse("沪A12345");
    private static readonly LocalCodeSigner DeviceKey = LocalCodeSigner.Create();

    [Fact]
    public async Task EnteringAndLeaving_WithTwoCertificates_IsOneStay()
    {
        await ListAsync(Owner);
        var device = await LinkAsync(Owner);
        var codes = await CodesAsync(device, own: true, count: 2);

        var entered = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[0]()));
        World.Time.Advance(TimeSpan.FromMinutes(65));
        var left = await World.AnswerAsync("small-out-0", World.Shown("small-out-0", codes[1]()));

        Assert.Equal((ScanReason.Entered, ScanReason.Exited), (entered.Reason, left.Reason));
        var stay = Assert.Single((await World.TimelineAsync(Owner)).Stays);
        Assert.Equal((1, false), (stay.Vehicle.Value, stay.IsOpen));
    }

    [Fact]
    public async Task OneCode_OpensOneBarrier_ThoughItIsShownByManyAtOnce()
    {
        await ListAsync(Owner);
        var code = (await CodesAsync(await LinkAsync(Owner), own: true, count: 1))[0]();

        var answers = await AtOnceAsync(2, n => World.AnswerAsync($"small-in-{n}", World.Shown($"small-in-{n}", code)));

        Assert.Equal([ScanReason.Entered, ScanReason.CodeUsed], answers.Select(answer => answer.Reason).Order());
    }

    /// <summary>The phone's clock is the phone's claim: a code of next week is not taken before its time.</summary>
    [Fact]
    public async Task CodeOfTheFuture_IsRefused_AndCountsForNothing()
    {
        await ListAsync(Owner);
        var codes = await CodesAsync(await LinkAsync(Owner), own: true, count: 1);
        World.Time.Advance(TimeSpan.FromDays(2));
        var ahead = codes[0]();
        World.Time.AdjustTime(World.Time.GetUtcNow() - TimeSpan.FromDays(2));

        Assert.Equal(ScanReason.NotYetValid, (await World.AnswerAsync("small-in-0", World.Shown("small-in-0", ahead))).Reason);
        Assert.Equal(ScanReason.Entered, (await World.AnswerAsync("small-in-1", World.Shown("small-in-1", codes[0]()))).Reason);
    }

    [Fact]
    public async Task Certificates_AreGivenUntilNinetyDaysAfterTheSignIn_AndAfterTheNext()
    {
        await ListAsync(Owner);
        var device = await LinkAsync(Owner);
        World.Time.Advance(DeviceLink.Renewable.ToTimeSpan() - TimeSpan.FromSeconds(1));
        Assert.Equal(IssueOutcome.Issued, (await TryIssueAsync(device, own: true, count: 1)).Outcome);

        World.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(IssueOutcome.SignInNeeded, (await TryIssueAsync(device, own: true, count: 1)).Outcome);

        await LinkAsync(Owner);
        Assert.Equal(IssueOutcome.Issued, (await TryIssueAsync(device, own: true, count: 1)).Outcome);
    }

    [Fact]
    public async Task Certificates_ThatHaveNotExpired_AreLimited()
    {
        await ListAsync(Owner);
        var device = await LinkAsync(Owner);
        var half = DeviceBook.MaxCertificates / 2;
        await IssueAsync(device, own: true, half);
        World.Time.Advance(TimeSpan.FromDays(1));
        await IssueAsync(device, own: true, half);

        Assert.Equal(IssueOutcome.TooMany, (await TryIssueAsync(device, own: true, count: 1)).Outcome);
        World.Time.Advance(TimeSpan.FromDays(6) + TimeSpan.FromHours(1));
        Assert.Equal(IssueOutcome.Issued, (await TryIssueAsync(device, own: true, half)).Outcome);
    }

    private DeviceRegistry Devices() => On(Subject.Devices);

    private DeviceRegistry On(IDeviceStore store) => new(store, World.Holders, World.Clock, NullLogger<DeviceRegistry>.Instance);

    private VehicleSharing Sharing() => new(World.Holders, Subject.Live, new Invitations(new byte[32]), World.Clock);

    private Task ListAsync(HolderId holder, string plate = "沪A12345") =>
        World.Holders.ReplaceVehiclesAsync(holder, [(Plate.Parse(plate), VehicleClass.Car)]);

    private async Task<ShareId> ShareAsync()
    {
        await ListAsync(Owner);
        var invited = await Sharing().InviteAsync(Owner, Car);
        await Sharing().AcceptAsync(Member, invited.Invitation);
        return invited.Kept!.Id;
    }

    private async Task<Device> LinkAsync(HolderId holder) => (await Devices().LinkAsync(holder, DeviceKey.PublicKey, "phone"))!;

    private async Task<IReadOnlyList<ulong>> RevokedAsync() =>
        [.. (await Subject.Devices.ReadRevocationsAsync(0, All)).Entries.Select(entry => entry.Certificate.Digest)];

    private async Task<CertificateWish> WishAsync(HolderId holder, Plate plate, VerificationKey? key = null)
    {
        var vehicle = (await Sharing().FindAsync(holder, plate))!;
        return new(vehicle.Vehicle, vehicle.Share, key ?? DeviceBookTests.NewKey());
    }

    private async Task<IssueResult> TryIssueAsync(Device device, bool own, int count, string plate = "沪A12345")
    {
        var holder = own && plate == "沪A12345" ? Owner : Member;
        var wish = await WishAsync(holder, Plate.Parse(plate));
        return await Devices().IssueAsync(
            holder, device.Number, [.. Enumerable.Range(0, count).Select(_ => wish with { Key = DeviceBookTests.NewKey() })], World.Issue);
    }

    private async Task<IReadOnlyList<(DeviceCertificate Certificate, ICodeSigner Key)>> IssueAsync(
        Device device, bool own, int count, string plate = "沪A12345")
    {
        var holder = own && plate == "沪A12345" ? Owner : Member;
        var keys = Enumerable.Range(0, count).Select(_ => LocalCodeSigner.Create()).ToList();
        var wishes = new List<CertificateWish>();
        foreach (var key in keys)
        {
            wishes.Add(await WishAsync(holder, Plate.Parse(plate), key.PublicKey));
        }

        var result = await Devices().IssueAsync(holder, device.Number, wishes, World.Issue);
        Assert.Equal(IssueOutcome.Issued, result.Outcome);
        return [.. result.Certificates.Zip(keys, (certificate, key) => (certificate, (ICodeSigner)key))];
    }

    private async Task<IReadOnlyList<Func<string>>> CodesAsync(Device device, bool own, int count) =>
        [.. (await IssueAsync(device, own, count)).Select(MinterOf)];

    /// <summary>A phone that shows a code of a certificate, now.</summary>
    private Func<string> MinterOf((DeviceCertificate Certificate, ICodeSigner Key) given)
    {
        var minter = new DeviceCodeMinter(given.Key, given.Certificate);
        return () => minter.Mint(World.Now).Text;
    }
}

/// <summary>On the embedded store.</summary>
public sealed class SqliteLinkedDevices : LinkedDevices
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

/// <summary>On Redis.</summary>
public sealed class RedisLinkedDevices(SharedRedisServer server) : LinkedDevices
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(server);
}
