using Parking.Devices;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Devices;

/// <summary>How devices end: removed, retired, with a share, with their holder.</summary>
public abstract partial class LinkedDevices
{
    /// <summary>The owner's certificates go on the list, the owner's book, the list again, the member's book.</summary>
    private const int ErasureWrites = 4;

    /// <summary>Before and after each write, and not at all.</summary>
    public static TheoryData<int, bool> Crashes { get; } =
    [
        .. Enumerable.Range(0, ErasureWrites).SelectMany(write => new TheoryDataRow<int, bool>[] { new(write, false), new(write, true) }),
        new(ErasureWrites, false),
    ];

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

    /// <summary>Also if the service dies at any of its writes: whoever erases again finds the rest.</summary>
    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task ErasedMember_HasNoCertificatesForTheSharedCar_AndStillLeaves(int write, bool isWritten)
    {
        await ShareAsync();
        var given = await IssueAsync(await LinkAsync(Member), own: false, count: 3);
        await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[0])()));
        World.Time.Advance(TimeSpan.FromMinutes(20));
        var crashing = new CrashingDevices(Subject.Devices, write, isWritten);

        await IgnoreCrashAsync(() => new DeviceCloser(crashing, World.Clock).CloseAsync(Member));
        await new DeviceCloser(Subject.Devices, World.Clock).CloseAsync(Member);

        Assert.Equal(write < ErasureWrites, crashing.HasCrashed);
        Assert.Empty(given.Select(one => one.Certificate.Id.Digest).Except(await RevokedAsync()));
        Assert.All((await Devices().LoadAsync(Owner)).All, guest => Assert.NotNull(guest.Ended));
        var left = await World.AnswerAsync("small-out-0", World.Shown("small-out-0", MinterOf(given[1])()));
        var after = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[2])()));
        Assert.Equal((ScanReason.Exited, ScanReason.DeviceRevoked), (left.Reason, after.Reason));
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
}
