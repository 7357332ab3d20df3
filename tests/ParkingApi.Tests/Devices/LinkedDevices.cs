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

/// <summary>
/// Devices that make codes without a network, on every store: what they open, and what becomes of them after races and crashes.
/// </summary>
public abstract class LinkedDevices : GateWorldTests
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
    public async Task RemovedDevice_OpensNothing_AndEverythingItWasGivenIsOnTheList()
    {
        await ListAsync(Owner);
        var device = await LinkAsync(Owner);
        var given = await IssueAsync(device, own: true, count: 3);
        var code = MinterOf(given[0])();

        await Devices().RemoveAsync(Owner, device.Number);

        Assert.Equal(ScanReason.DeviceRevoked, (await World.AnswerAsync("small-in-0", World.Shown("small-in-0", code))).Reason);
        Assert.Equal(given.Select(one => one.Certificate.Id.Digest).Order(), (await RevokedAsync()).Order());
        Assert.Equal(IssueOutcome.NotLinked, (await TryIssueAsync(device, own: true, count: 1)).Outcome);
    }

    [Fact]
    public async Task SixthDevice_RetiresTheLongestUnused_WhichIsRefusedAndNotOnTheList()
    {
        await ListAsync(Owner);
        var oldest = await LinkAsync(Owner);
        var code = (await CodesAsync(oldest, own: true, count: 1))[0];
        for (var n = 0; n < DeviceBook.MaxLinked; n++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(1));
            await Devices().LinkAsync(Owner, DeviceBookTests.NewKey(), $"phone {n}");
        }

        Assert.Equal(ScanReason.DeviceRevoked, (await World.AnswerAsync("small-in-0", World.Shown("small-in-0", code()))).Reason);
        Assert.Empty(await RevokedAsync());
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SharedCar_IsOneStayOfTheOwner_UntilTheShareOrTheDeviceEnds(bool isWithdrawn)
    {
        var share = await ShareAsync();
        var device = await LinkAsync(Member);
        var given = await IssueAsync(device, own: false, count: 3);
        var entered = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[0])()));
        World.Time.Advance(TimeSpan.FromMinutes(20));
        var left = await World.AnswerAsync("small-out-0", World.Shown("small-out-0", MinterOf(given[1])()));
        World.Time.Advance(TimeSpan.FromMinutes(20));

        if (isWithdrawn)
        {
            await Sharing().WithdrawAsync(Owner, share);
            await Devices().EndGuestsAsync(Owner);
        }
        else
        {
            await Devices().RemoveAsync(Member, device.Number);
        }

        var after = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[2])()));
        Assert.Equal(
            (ScanReason.Entered, ScanReason.Exited, ScanReason.DeviceRevoked), (entered.Reason, left.Reason, after.Reason));
        Assert.Single((await World.TimelineAsync(Owner)).Stays);
        Assert.Empty((await World.TimelineAsync(Member)).Events);
        Assert.Equal(given.Select(one => one.Certificate.Id.Digest).Order(), (await RevokedAsync()).Order());
    }

    /// <summary>Whoever removes a device while it asks for certificates: whatever was given out is on the list.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RemovingWhileIssuing_LeavesNothingOffTheList(bool own)
    {
        await ShareAsync();
        var holder = own ? Owner : Member;
        for (var round = 0; round < Depth.Rounds; round++)
        {
            // A new week each time: those that were removed leave their numbers.
            World.Time.Advance(TimeSpan.FromDays(8));
            var device = await LinkAsync(holder);
            var issuing = Enumerable.Range(0, 4).Select(_ => Task.Run(() => TryIssueAsync(device, own, count: 2))).ToList();
            var ending = Task.Run(() => Devices().RemoveAsync(holder, device.Number), CancellationToken.None);
            var results = await Task.WhenAll(issuing);
            await ending;

            var given = results.SelectMany(result => result.Certificates).Select(certificate => certificate.Id.Digest);
            Assert.Empty(given.Except(await RevokedAsync()));
            Assert.All((await Devices().LoadAsync(Owner)).All, one => Assert.NotNull(one.Ended));
        }
    }

    /// <summary>The service dies before or after each of its writes; whoever removes the device does so again.</summary>
    [Fact]
    public async Task CrashWhileRemoving_IsMendedByRemovingAgain()
    {
        await ShareAsync();
        await ListAsync(Member, "沪B1");
        for (var write = 0; ; write++)
        {
            // A new week each time: one share has few devices within a week.
            World.Time.Advance(TimeSpan.FromDays(8));
            var device = await LinkAsync(Member);
            var given = (await IssueAsync(device, own: false, count: 1)).ToList();
            if (write % 4 < 2)
            {
                given.AddRange(await IssueAsync(device, own: true, count: 1, "沪B1"));
            }

            var crashing = new CrashingDevices(Subject.Devices, write / 4, isWritten: write % 2 == 1);

            await IgnoreCrashAsync(() => On(crashing).RemoveAsync(Member, device.Number));
            await Devices().RemoveAsync(Member, device.Number);

            Assert.Empty(given.Select(one => one.Certificate.Id.Digest).Except(await RevokedAsync()));
            Assert.Empty((await Devices().LoadAsync(Member)).Linked);
            Assert.All((await Devices().LoadAsync(Owner)).All, guest => Assert.NotNull(guest.Ended));
            if (!crashing.HasCrashed)
            {
                break;
            }
        }
    }

    /// <summary>
    /// The service dies while it gives certificates for a shared car: removing the device still finds all that was given.
    /// </summary>
    [Fact]
    public async Task CrashWhileIssuing_LeavesNothingThatRemovingDoesNotFind()
    {
        await ShareAsync();
        for (var write = 0; ; write++)
        {
            // A new week each time: one share has few devices within a week.
            World.Time.Advance(TimeSpan.FromDays(8));
            var device = await LinkAsync(Member);
            var crashing = new CrashingDevices(Subject.Devices, write / 2, isWritten: write % 2 == 1);
            var made = new List<ulong>();

            var wish = await WishAsync(Member, Car);
            await IgnoreCrashAsync(() => On(crashing).IssueAsync(Member, device.Number, [wish], (holder, key, now) =>
            {
                var certificate = World.Issue(holder, key, now);
                made.Add(certificate.Id.Digest);
                return certificate;
            }));
            var isWritten = (await Devices().LoadAsync(Owner)).All.Any(guest => guest.Issued.Length > 0 && guest.Ended is null);
            await Devices().RemoveAsync(Member, device.Number);

            Assert.Equal(isWritten, made.Intersect(await RevokedAsync()).Any());
            if (!crashing.HasCrashed)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task ErasedHolder_HasNoDevices_AndLinksNone()
    {
        await ListAsync(Owner);
        var device = await LinkAsync(Owner);
        var given = await IssueAsync(device, own: true, count: 2);

        await new DeviceCloser(Subject.Devices, World.Clock).CloseAsync(Owner);

        Assert.True((await Devices().LoadAsync(Owner)).IsClosed);
        Assert.Null(await Devices().LinkAsync(Owner, DeviceKey.PublicKey, "phone"));
        Assert.Equal(given.Select(one => one.Certificate.Id.Digest).Order(), (await RevokedAsync()).Order());
    }

    /// <summary>Our fault keeps nobody inside, and lets nobody in who was removed.</summary>
    [Fact]
    public async Task DevicesThatCannotBeRead_LetPeopleOut_AndNotIn()
    {
        await ListAsync(Owner);
        var codes = await CodesAsync(await LinkAsync(Owner), own: true, count: 3);
        await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[0]()));
        World.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await Subject.Devices.SaveAsync(Owner, (await Subject.Devices.LoadAsync(Owner)).Version, "damaged"u8.ToArray()));

        Assert.Equal(ScanReason.Exited, (await World.AnswerAsync("small-out-0", World.Shown("small-out-0", codes[1]()))).Reason);
        Assert.Equal(ScanReason.DeviceRevoked, (await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[2]()))).Reason);
    }

    /// <summary>The service gives no certificate without noting it: what is not noted, the store has lost.</summary>
    [Fact]
    public async Task CertificateThatTheStoreHasLost_StillOpens()
    {
        await ListAsync(Owner);
        var before = await Subject.Devices.LoadAsync(Owner);
        var codes = await CodesAsync(await LinkAsync(Owner), own: true, count: 1);
        var lost = await Subject.Devices.LoadAsync(Owner);
        var asBefore = DeviceBookDocument.Write(DeviceBookDocument.Read(before.Content));
        Assert.True(await Subject.Devices.SaveAsync(Owner, lost.Version, asBefore));

        Assert.Equal(ScanReason.Entered, (await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[0]()))).Reason);
    }

    [Fact]
    public async Task RetiredDevice_StillLeaves_AndDoesNotEnter()
    {
        await ListAsync(Owner);
        var codes = await CodesAsync(await LinkAsync(Owner), own: true, count: 3);
        await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[0]()));
        for (var n = 0; n < DeviceBook.MaxLinked; n++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(10));
            await Devices().LinkAsync(Owner, DeviceBookTests.NewKey(), $"phone {n}");
        }

        Assert.Equal(ScanReason.Exited, (await World.AnswerAsync("small-out-0", World.Shown("small-out-0", codes[1]()))).Reason);
        Assert.Equal(ScanReason.DeviceRevoked, (await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[2]()))).Reason);
    }

    /// <summary>Nothing that another holder does shuts anybody in.</summary>
    [Fact]
    public async Task MemberWhoIsParked_WhenTheShareEnds_Leaves()
    {
        var share = await ShareAsync();
        var given = await IssueAsync(await LinkAsync(Member), own: false, count: 2);
        await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[0])()));
        World.Time.Advance(TimeSpan.FromMinutes(20));
        await Sharing().WithdrawAsync(Owner, share);
        await Devices().EndGuestsAsync(Owner);

        var left = await World.AnswerAsync("small-out-0", World.Shown("small-out-0", MinterOf(given[1])()));

        Assert.Equal(ScanReason.Exited, left.Reason);
    }

    /// <summary>A phone that makes codes for a shared car only has no certificate in its own book.</summary>
    [Fact]
    public async Task SixthDevice_RetiresOneThatIsUsedForASharedCarOnly_WhichCanStillBeRemoved()
    {
        await ShareAsync();
        var device = await LinkAsync(Member);
        var given = await IssueAsync(device, own: false, count: 1);
        for (var n = 0; n < DeviceBook.MaxLinked; n++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(1));
            await Devices().LinkAsync(Member, DeviceBookTests.NewKey(), $"phone {n}");
        }

        var retired = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[0])()));
        await Devices().RemoveAsync(Member, device.Number);

        Assert.Equal(ScanReason.DeviceRevoked, retired.Reason);
        Assert.Equal(given.Select(one => one.Certificate.Id.Digest), await RevokedAsync());
        Assert.DoesNotContain((await Devices().LoadAsync(Member)).Linked, linked => linked.Number == device.Number);
    }

    /// <summary>A place that a member's device once had may be the owner's own phone by now.</summary>
    [Fact]
    public async Task RemovingAFormerGuest_LeavesWhoeverHasItsNumberNow()
    {
        var share = await ShareAsync();
        var guest = await LinkAsync(Member);
        await IssueAsync(guest, own: false, count: 1);
        await Sharing().WithdrawAsync(Owner, share);
        await Devices().EndGuestsAsync(Owner);
        World.Time.Advance(TimeSpan.FromDays(8));
        var mine = await LinkAsync(Owner);
        Assert.Equal(1, mine.Number.Value);

        await Devices().RemoveAsync(Member, guest.Number);

        Assert.Single((await Devices().LoadAsync(Owner)).Linked);
    }

    /// <summary>The share ends between the look for the vehicle and the certificate.</summary>
    [Fact]
    public async Task CertificateForAShareThatHasEnded_IsOnTheList()
    {
        var share = await ShareAsync();
        var device = await LinkAsync(Member);
        var wish = await WishAsync(Member, Car);
        await Sharing().WithdrawAsync(Owner, share);
        await Devices().EndGuestsAsync(Owner);

        var result = await Devices().IssueAsync(Member, device.Number, [wish], World.Issue);

        Assert.Empty(result.Certificates.Select(certificate => certificate.Id.Digest).Except(await RevokedAsync()));
    }

    [Fact]
    public async Task PhoneThatIsUsedForASharedCarOnly_IsNotTheLongestUnused()
    {
        await ShareAsync();
        var device = await LinkAsync(Member);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await Devices().LinkAsync(Member, DeviceBookTests.NewKey(), "older");
        World.Time.Advance(TimeSpan.FromMinutes(1));

        await IssueAsync(device, own: false, count: 1);

        Assert.Equal("phone", (await Devices().LoadAsync(Member)).Linked.MaxBy(linked => linked.Link!.UsedAt)!.Link!.Name);
    }

    private static async Task IgnoreCrashAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (CrashException)
        {
            // As it was meant to be.
        }
    }

    private DeviceRegistry Devices() => On(Subject.Devices);

    private DeviceRegistry On(IDeviceStore store) => new(store, World.Holders, World.Clock);

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
