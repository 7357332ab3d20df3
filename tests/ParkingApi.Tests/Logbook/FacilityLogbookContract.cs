using NodaTime;
using NodaTime.Extensions;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.LiveStore;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;

namespace Parking.Api.Tests.Logbook;

/// <summary>Writing into a facility's log, on a store.</summary>
public abstract class FacilityLogbookContract : StoreTests
{
    private static readonly FacilityId Large = new("large");

    [Fact]
    public async Task Record_ByManyAtOnce_LosesNoneAndRecordsNoneTwice()
    {
        var world = new GateWorld(Subject.Live, Subject.Holders);
        var logbook = LogbookOf(world);
        var entries = Enumerable.Range(1, 30).Select(n => Tailgating(world, n)).ToList();

        var outcomes = await Task.WhenAll(entries.Concat(entries).Select(entry => logbook.RecordAsync(Large, entry)));

        Assert.Equal(30, outcomes.Count(isNew => isNew));
        Assert.Equal(entries, (await logbook.ReadAsync(Large)).Entries);
        Assert.Empty((await logbook.ReadAsync(new("other"))).Entries);
    }

    [Fact]
    public async Task Record_ACount_NotesTheOpenStaysOfTheMomentOnce()
    {
        var world = new GateWorld(Subject.Live, Subject.Holders);
        var logbook = LogbookOf(world);
        await world.DriveAsync("large-in-0", new(1));
        await world.DriveAsync("large-in-0", new(2));
        var count = LogEntry.Counted(new(new("large-in-0"), new(0xaa), 99), world.Now, world.Now, 5);

        Assert.True(await logbook.RecordAsync(Large, count));
        await world.DriveAsync("large-in-0", new(3));
        Assert.False(await logbook.RecordAsync(Large, count));

        Assert.Equal(3, (await logbook.ReadAsync(Large)).Numbers.Correction);
    }

    [Fact]
    public async Task RecordLatestCount_OfTheSameTimeByManyAtOnce_RecordsOne_AndTellsTheOthersOfIt()
    {
        var world = new GateWorld(Subject.Live, Subject.Holders);
        var logbook = LogbookOf(world);
        var counts = Enumerable.Range(1, 20).Select(n => Count(world, n)).ToList();

        var obstacles = await Task.WhenAll(counts.Concat(counts).Select(count => logbook.RecordLatestCountAsync(Large, count, closing: 0)));

        var recorded = Assert.Single((await logbook.ReadAsync(Large)).Entries);
        Assert.All(counts.Concat(counts).Zip(obstacles), one => Assert.Equal(
            one.First.Id == recorded.Id ? null : recorded.Id, one.Second?.Id));
    }

    [Fact]
    public async Task RecordLatestCount_TakesOnlyWhatIsLaterThanAllOthers_AndTheSameAgain()
    {
        var world = new GateWorld(Subject.Live, Subject.Holders);
        var logbook = LogbookOf(world);
        await world.DriveAsync("large-in-0", new(1));
        await world.DriveAsync("large-in-0", new(2));
        var first = Count(world, 1);
        Assert.Null(await logbook.RecordLatestCountAsync(Large, first, closing: 1));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var last = Count(world, 2);
        Assert.Null(await logbook.RecordLatestCountAsync(Large, last, closing: 0));

        Assert.Null(await logbook.RecordLatestCountAsync(Large, first, closing: 0));
        Assert.Equal(last.Id, (await logbook.RecordLatestCountAsync(Large, Count(world, 3), closing: 0))?.Id);
        Assert.Equal(first.Id, (await logbook.RecordLatestCountAsync(Large, Count(world, 1, count: 6), closing: 0))?.Id);

        Assert.Equal([(5, 1), (5, 2)], (await logbook.ReadAsync(Large)).Entries.Select(one => (one.Count!.Value, one.OpenStays!.Value)));
    }

    private FacilityLogbook LogbookOf(GateWorld world) => new(Subject.Live, Subject.Live, world.Time.ToClock());

    private static LogEntry Count(GateWorld world, int n, int count = 5) =>
        LogEntry.Counted(new(new("large-in-0"), new(0xbb), n), world.Now, world.Now, count);

    private static LogEntry Tailgating(GateWorld world, int n) => LogEntry.Incident(
        new(new("large-in-0"), new(0xaa), n), world.Now - Duration.FromMinutes(60 - n), world.Now, GateIncident.Tailgating);
}
