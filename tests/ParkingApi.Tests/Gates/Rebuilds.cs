using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stays;

namespace Parking.Api.Tests.Gates;

/// <summary>What an operator's rebuild does with a facility's slot that is lost or wrong, on every store.</summary>
public abstract class Rebuilds : GateWorldTests
{
    [Fact]
    public async Task Rebuild_OfASlotThatIsRight_ChangesNothing()
    {
        await FillAsync();

        Assert.Equal(new RebuildResult(0, 0, 0), await RebuildAsync());
    }

    [Fact]
    public async Task Rebuild_AfterSpacesWereLost_RestoresThoseOfOpenStays()
    {
        await FillAsync();
        var spaces = await Subject.Live.SpacesAsync(new("large"), TestContext.Current.CancellationToken)
            .Select(space => space.Scan).ToListAsync(TestContext.Current.CancellationToken);
        await Subject.Live.GiveBackAsync(new("large"), spaces);

        Assert.Equal(new RebuildResult(spaces.Count, 0, 0), await RebuildAsync());

        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task Rebuild_WithSpacesNobodyHas_GivesThemBack()
    {
        await FillAsync();
        var ghost = new GateEventId(new("large-in-0"), new(0xdead), 1);
        await Subject.Live.RestoreAsync(new("large"), new HolderId(999), [ghost]);
        await Subject.Live.RestoreAsync(new("large"), new HolderId(1), [ghost with { Seq = 2 }]);

        Assert.Equal(new RebuildResult(0, 2, 0), await RebuildAsync());

        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task Rebuild_BesideAScanThatIsBeingDecided_LeavesItsSpace()
    {
        await FillAsync();
        var beginning = new GateEventId(new("large-in-0"), new(0xbeef), 1);
        await Subject.Live.ReserveAsync(new("large"), new(beginning, new HolderId(77), new(1), World.Now), new(null, null));

        Assert.Equal(new RebuildResult(0, 0, 0), await RebuildAsync());

        Assert.Equal([true], await Subject.Live.AreTakenAsync(new("large"), [beginning]));
    }

    [Fact]
    public async Task Rebuild_WithATimelineThatCannotBeRead_CountsItAndLeavesItsSpace()
    {
        await FillAsync();
        var space = new GateEventId(new("large-in-0"), new(0xfeed), 1);
        await Subject.Live.CommitAsync(new(666), 0, new byte[] { 0xff });
        await Subject.Live.RestoreAsync(new("large"), new(666), [space]);

        Assert.Equal(new RebuildResult(0, 0, 1), await RebuildAsync());

        Assert.Equal([true], await Subject.Live.AreTakenAsync(new("large"), [space]));
    }

    [Fact]
    public async Task Rebuild_BesideLiveTraffic_EndsWithSpacesThatAreTheOpenStays()
    {
        await FillAsync();
        var traffic = Enumerable.Range(10, 8).Select(lane => Task.Run(async () =>
        {
            for (ulong trip = 0; trip < 100; trip++)
            {
                var driver = new HolderId(((ulong)lane << 32) | trip);
                Assert.Equal(ScanReason.Entered, (await World.DriveAsync($"large-in-{lane}", driver)).Reason);
                if (trip % 3 != 0)
                {
                    Assert.Equal(ScanReason.Exited, (await World.DriveAsync($"large-out-{lane}", driver)).Reason);
                }
            }
        })).ToArray();

        do
        {
            await RebuildAsync();
        }
        while (!Task.WhenAll(traffic).IsCompleted);

        await Task.WhenAll(traffic);
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    /// <summary>Some inside, some gone again, at the facility that is rebuilt and at another.</summary>
    private async Task FillAsync()
    {
        for (ulong driver = 1; driver <= 12; driver++)
        {
            var facility = driver % 3 == 0 ? "other" : "large";
            await World.DriveAsync($"{facility}-in-0", new(driver));
            if (driver % 4 == 0)
            {
                await World.DriveAsync($"{facility}-out-0", new(driver));
            }
        }
    }

    private Task<RebuildResult> RebuildAsync() =>
        World.Audit.RebuildAsync(new HashSet<FacilityId> { new("large") }, TestContext.Current.CancellationToken);
}
