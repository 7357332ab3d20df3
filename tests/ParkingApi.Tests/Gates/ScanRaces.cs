using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>What holds however many gates act at once, in many rounds, on every store.</summary>
public abstract class ScanRaces : GateWorldTests
{
    private const int Gates = 64;

    [Fact]
    public async Task OneCodeAtManyGatesAtOnce_OpensExactlyOne()
    {
        for (ulong round = 1; round <= (ulong)Depth.Rounds; round++)
        {
            var driver = new HolderId(round);
            var code = World.Mint(driver);

            var answers = await AtOnceAsync(Gates, n => World.AnswerAsync($"large-in-{n}", World.Shown($"large-in-{n}", code)));

            Assert.Single(answers, answer => answer.Decision == GateDecision.Open);
            Assert.All(
                answers.Where(answer => answer.Decision == GateDecision.Refuse),
                answer => Assert.Equal(ScanReason.CodeUsed, answer.Reason));
            Assert.Single((await World.TimelineAsync(driver)).Stays);
        }

        Assert.Equal(Depth.Rounds, await World.OccupancyAsync("large"));
    }

    [Fact]
    public async Task ManyCopiesOfOneScanAtOnce_AreOneRecordAndOneAnswer()
    {
        for (ulong round = 1; round <= (ulong)Depth.Rounds; round++)
        {
            var driver = new HolderId(round);
            var scan = World.Shown("large-in-0", World.Mint(driver));

            var answers = await AtOnceAsync(Gates, _ => World.AnswerAsync("large-in-0", scan));

            Assert.Single(answers.Distinct());
            Assert.Equal(ScanReason.Entered, answers[0].Reason);
            Assert.Single((await World.TimelineAsync(driver)).Events);
        }

        Assert.Equal(Depth.Rounds, await World.OccupancyAsync("large"));
    }

    [Fact]
    public async Task ManyDriversAtASmallFacilityAtOnce_FillItExactly()
    {
        for (ulong round = 0; round < (ulong)Depth.Rounds; round++)
        {
            var answers = await AtOnceAsync(100, n => World.DriveAsync($"small-in-{n % Gates}", new((round * 100) + (ulong)n + 1)));

            Assert.Equal(GateWorld.SmallCapacity, answers.Count(answer => answer.Reason == ScanReason.Entered));
            Assert.Equal(100 - GateWorld.SmallCapacity, answers.Count(answer => answer.Reason == ScanReason.Full));
            Assert.Equal(GateWorld.SmallCapacity, await World.OccupancyAsync("small"));

            var inside = answers.Index().Where(answer => answer.Item.Decision == GateDecision.Open).Select(answer => answer.Index).ToList();
            await AtOnceAsync(inside.Count, i => World.DriveAsync($"small-out-{i}", new((round * 100) + (ulong)inside[i] + 1)));
            Assert.Equal(0, await World.OccupancyAsync("small"));
        }
    }

    [Fact]
    public async Task OneHolderAtTwoFacilitiesAtOnce_ParksAtOne()
    {
        for (ulong round = 1; round <= (ulong)Depth.Rounds; round++)
        {
            var driver = new HolderId(round);

            var answers = await AtOnceAsync(2, n => World.DriveAsync(n == 0 ? "large-in-0" : "other-in-0", driver));

            Assert.Equal([ScanReason.Entered, ScanReason.AlreadyParked], answers.Select(answer => answer.Reason).Order());
            Assert.Single((await World.TimelineAsync(driver)).Stays, stay => stay.IsOpen);
        }

        Assert.Equal(Depth.Rounds, await World.OccupancyAsync("large") + await World.OccupancyAsync("other"));
    }

    [Fact]
    public async Task TwoContentsUnderOneIdentityAtOnce_OnlyOneIsDecided()
    {
        for (ulong round = 1; round <= (ulong)Depth.Rounds; round++)
        {
            var (one, two) = (new HolderId(round), new HolderId(round + 1_000_000));
            var scan = World.Shown("large-in-0", World.Mint(one));
            var impostor = scan with { Code = World.Mint(two) };

            var outcomes = await AtOnceAsync(16, n => World.PostAsync("large-in-0", n % 2 == 0 ? scan : impostor));

            Assert.Equal(8, outcomes.Count(handled => handled.Outcome == EventOutcome.Decided));
            Assert.Equal(8, outcomes.Count(handled => handled.Outcome == EventOutcome.Conflict));
            Assert.Equal(1, (await World.TimelineAsync(one)).Events.Length + (await World.TimelineAsync(two)).Events.Length);
        }

        Assert.Equal(Depth.Rounds, await World.OccupancyAsync("large"));
    }

    [Fact]
    public async Task EntryAfterAMissedExitIntoAFullFacility_TakesTheOldSpace()
    {
        for (ulong driver = 1; driver <= GateWorld.SmallCapacity; driver++)
        {
            await World.DriveAsync("small-in-0", new(driver));
        }

        World.Time.Advance(TimeSpan.FromHours(1));
        var stranger = World.DriveAsync("small-in-1", new(99));
        var returning = World.DriveAsync("small-in-2", new(1));

        Assert.Equal(ScanReason.Full, (await stranger).Reason);
        Assert.Equal(ScanReason.EnteredAfterMissedExit, (await returning).Reason);
        await World.AssertSpacesAreTheOpenStaysAsync();
        Assert.Equal(GateWorld.SmallCapacity, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task EntryElsewhereAfterAMissedExit_FreesTheOldSpace()
    {
        await World.DriveAsync("small-in-0", new(1));
        World.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ScanReason.EnteredAfterMissedExit, (await World.DriveAsync("large-in-0", new(1))).Reason);

        Assert.Equal((0, 1), (await World.OccupancyAsync("small"), await World.OccupancyAsync("large")));
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task ScanRepeatedAfterItsCodeExpired_GetsTheFirstAnswer()
    {
        var scan = World.Shown("large-in-0", World.Mint(new(1)));
        var first = await World.AnswerAsync("large-in-0", scan);
        World.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(first, await World.AnswerAsync("large-in-0", scan));
        Assert.Equal(ScanReason.Entered, first.Reason);
    }

    [Fact]
    public async Task RefusedCode_IsFreeAgainWithinItsMinute()
    {
        for (ulong driver = 1; driver <= GateWorld.SmallCapacity; driver++)
        {
            await World.DriveAsync("small-in-0", new(driver));
        }

        var code = World.Mint(new(50));
        Assert.Equal(ScanReason.Full, (await World.AnswerAsync("small-in-1", World.Shown("small-in-1", code))).Reason);
        await World.DriveAsync("small-out-0", new(1));

        Assert.Equal(ScanReason.Entered, (await World.AnswerAsync("small-in-1", World.Shown("small-in-1", code))).Reason);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(600)]
    public async Task ClockSetBackBetweenEntryAndExit_IsStillOneStay(int seconds)
    {
        await World.DriveAsync("large-in-0", new(1));
        World.Time.AdjustTime(World.Time.GetUtcNow() - TimeSpan.FromSeconds(seconds));

        Assert.Equal(ScanReason.Exited, (await World.DriveAsync("large-out-0", new(1))).Reason);
        var stay = Assert.Single((await World.TimelineAsync(new(1))).Stays);
        Assert.Equal(Duration.FromMilliseconds(1), stay.ExitedAt - stay.EnteredAt);
    }

    [Fact]
    public async Task ClockSetBackBetweenExitAndEntry_LeavesTheNewStayOpen()
    {
        await World.DriveAsync("large-in-0", new(1));
        World.Time.Advance(TimeSpan.FromHours(1));
        await World.DriveAsync("large-out-0", new(1));
        World.Time.AdjustTime(World.Time.GetUtcNow() - TimeSpan.FromMinutes(10));

        Assert.Equal(ScanReason.Entered, (await World.DriveAsync("large-in-0", new(1))).Reason);
        Assert.Single((await World.TimelineAsync(new(1))).Stays, stay => stay.IsOpen);
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task RetryAndSweepAtOnce_AfterAMinuteWithoutAnAnswer_NeverLetOneTooManyIn()
    {
        for (var driver = 1UL; driver < GateWorld.SmallCapacity; driver++)
        {
            await World.DriveAsync("small-in-0", new(driver));
        }

        for (var round = 1UL; round <= (ulong)Depth.Rounds; round++)
        {
            // Its handler died right after the reservation; the code is still valid for a while.
            var scan = World.Shown("small-in-1", World.Mint(new(round + 1000)));
            var id = new GateEventId(new("small-in-1"), GateWorld.Journal, scan.Seq);
            var content = Fingerprint.OfScan(scan.DeviceTime, scan.ClockOffset, scan.Code!);
            await Subject.Live.ReserveAsync(
                new("small"), new(id, new(round + 1000), content, World.Now), new(GateWorld.SmallCapacity, null));
            World.Time.Advance(TimeSpan.FromSeconds(61));

            var retry = Task.Run(() => World.AnswerAsync("small-in-1", scan));
            var sweep = Task.Run(() => World.Sweep.SweepAsync(TestContext.Current.CancellationToken));
            var other = Task.Run(() => World.DriveAsync("small-in-2", new(round + 5000)));
            await Task.WhenAll(retry, sweep, other);

            Assert.Single([await retry, await other], answer => answer.Decision == GateDecision.Open);
            await World.AssertSpacesAreTheOpenStaysAsync();
            var entered = (await retry).Decision == GateDecision.Open ? round + 1000 : round + 5000;
            Assert.Equal(ScanReason.Exited, (await World.DriveAsync("small-out-0", new(entered))).Reason);
        }
    }

    [Fact]
    public async Task TimelineThatCannotBeRead_DoesNotKeepTheSweepFromTheOthers()
    {
        await Subject.Live.CommitAsync(new(666), 0, new byte[] { 0xff });
        await World.DriveAsync("large-in-0", new(1));
        var stay = Assert.Single((await World.TimelineAsync(new(1))).Stays);
        await Subject.Live.GiveBackAsync(stay.Facility, [stay.Id]);

        var swept = await World.Sweep.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, swept.Mended.Restored);
    }

    [Fact]
    public async Task Trim_OfEverybody_DropsWhatEndedLongAgo_AndKeepsWhoIsParked()
    {
        await World.DriveAsync("large-in-0", new(1));
        await World.DriveAsync("large-out-0", new(1));
        await World.DriveAsync("large-in-0", new(2));
        World.Time.Advance(TimeSpan.FromDays(31));

        await World.Sweep.TrimAsync(TestContext.Current.CancellationToken);

        Assert.Empty((await World.TimelineAsync(new(1))).Events);
        Assert.Single((await World.TimelineAsync(new(2))).Stays, stay => stay.IsOpen);
    }
}
