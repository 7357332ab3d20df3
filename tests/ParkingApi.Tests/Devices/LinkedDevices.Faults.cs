using Parking.Api.Tests.Gates;
using Parking.Devices;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Devices;

/// <summary>Races, crashes, and stores that have lost or damaged something.</summary>
public abstract partial class LinkedDevices
{
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

    /// <summary>The service dies after the sixth phone was linked, and before the retired one has ended with the owner of a car.</summary>
    [Fact]
    public async Task CrashWhileRetiring_LeavesThePhoneRefusedAtTheSharedCarToo()
    {
        await ShareAsync();
        var given = await IssueAsync(await LinkAsync(Member), own: false, count: 1);
        for (var n = 1; n < DeviceBook.MaxLinked; n++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(1));
            await Devices().LinkAsync(Member, DeviceBookTests.NewKey(), $"phone {n}");
        }

        var crashing = new CrashingDevices(Subject.Devices, writesUntilCrash: 1, isWritten: false);
        await Assert.ThrowsAsync<CrashException>(() => On(crashing).LinkAsync(Member, DeviceBookTests.NewKey(), "sixth"));

        var shown = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", MinterOf(given[0])()));
        Assert.Equal(ScanReason.DeviceRevoked, shown.Reason);
    }

    /// <summary>Sharing and erasing go on: what cannot be read cannot be ended.</summary>
    [Fact]
    public async Task DevicesThatCannotBeRead_KeepNobodyFromEndingAShare()
    {
        await ListAsync(Owner);
        Assert.True(await Subject.Devices.SaveAsync(Owner, 0, "damaged"u8.ToArray()));

        await Devices().EndGuestsAsync(Owner);
        Assert.Empty(await Devices().OwnersOfAsync(Owner));
    }
}
