using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// A facility's slot is lost, or older than the timelines, and its gates send their events again. Nobody calls a rebuild.
/// </summary>
public abstract class SlotLosses : GateWorldTests
{
    private static readonly HolderId Parked = new(1), Gone = new(2), BackedOut = new(3);

    private readonly List<(string Gate, ReportedEvent Event)> _sent = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spaces_OfASlotThatWasLost_AreRightOnceTheGatesHaveSentAgain(bool byCode)
    {
        await FillAsync();
        await Subject.LoseFacilityAsync(new("large"));

        await SendAgainAsync(byCode);

        Assert.Equal(1, await World.OccupancyAsync("large"));
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task Spaces_OfAnOlderSlot_AreRightOnceTheGatesHaveSentAgain()
    {
        await FillAsync();
        var gone = (await World.TimelineAsync(Gone)).Scans.First().Id;
        await Subject.LoseFacilityAsync(new("large"));
        await Subject.Live.RestoreAsync(new("large"), Gone, [gone]);

        await SendAgainAsync(byCode: false);

        Assert.Equal(1, await World.OccupancyAsync("large"));
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task Spaces_WhoseEntriesNoGateKeepsAnyMore_AreRightWithinADay()
    {
        await FillAsync();
        await Subject.LoseFacilityAsync(new("large"));

        await World.Sweep.TrimAsync(Cancelled);

        Assert.Equal(1, await World.OccupancyAsync("large"));
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    /// <summary>The gate that took the inventory may be the first that learns that the whole store was emptied.</summary>
    [Fact]
    public async Task Inventory_SentAgainBeforeTheEntryThatItCloses_ClosesIt()
    {
        var entry = World.Shown("large-in-0", World.Mint(Parked));
        var entered = await World.AnswerAsync("large-in-0", entry);
        await using var emptied = await CreateAsync();
        var world = new GateWorld(emptied.Live, emptied.Holders);

        world.Time.Advance(TimeSpan.FromHours(1));
        var inventory = new ReportedInventory { Seq = 1, DeviceTime = world.Now, Closes = [entered.Stay!.Id] };
        await world.PostAsync("large-out-0", inventory);
        await world.PostAsync("large-in-0", entry with { Code = null, DecisionToken = entered.DecisionToken });

        Assert.Equal(0, await world.OccupancyAsync("large"));
        Assert.False(Assert.Single((await world.TimelineAsync(Parked)).Stays).IsOpen);
    }

    private async Task FillAsync()
    {
        await ShowAsync("large-in-0", Parked, BarrierAct.Passed);
        await ShowAsync("large-in-0", Gone, BarrierAct.Passed);
        await ShowAsync("large-in-0", BackedOut, BarrierAct.BackedOut);
        await ShowAsync("large-out-0", Gone, BarrierAct.Passed);
        Assert.Equal(1, await World.OccupancyAsync("large"));
    }

    private async Task ShowAsync(string gate, HolderId driver, BarrierAct act)
    {
        var scan = World.Shown(gate, World.Mint(driver));
        var answer = await World.AnswerAsync(gate, scan);
        var acted = new ReportedAct { Seq = World.NextSeq(gate), DeviceTime = World.Now, Act = act, Scan = scan.Seq };
        await World.PostAsync(gate, acted);
        _sent.Add((gate, scan with { DecisionToken = answer.DecisionToken }));
        _sent.Add((gate, acted));
    }

    private async Task SendAgainAsync(bool byCode)
    {
        foreach (var (gate, reported) in _sent)
        {
            var again = reported is not ReportedScan scan ? reported
                : byCode ? scan with { DecisionToken = null }
                : scan with { Code = null };
            var expected = reported is ReportedScan ? EventOutcome.Decided : EventOutcome.Recorded;
            Assert.Equal(expected, (await World.PostAsync(gate, again)).Outcome);
        }
    }
}
