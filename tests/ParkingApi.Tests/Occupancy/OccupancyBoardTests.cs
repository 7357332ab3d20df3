using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Extensions;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.LiveStore;
using Parking.Facilities;
using Parking.Occupancy;

namespace Parking.Api.Tests.Occupancy;

public sealed class OccupancyBoardTests
{
    [Fact]
    public async Task Refresh_WhileTheStoreIsOutOfReach_SaysThatItDoesNotKnow()
    {
        await using var subject = new SqliteUnderTest();
        var world = new GateWorld(subject.Live, subject.Holders);
        await world.DriveAsync("large-in-0", new(1));
        await subject.TakeAwayAsync();
        var (board, lookout) = BoardOf(subject, world);

        Assert.Empty(board.Take(await lookout.LookAsync()).Facilities);
        Assert.All(board.StatesOf(world.City.Facilities), state => Assert.Null(state.Occupied));

        await subject.BringBackAsync();
        board.Take(await lookout.LookAsync());
        Assert.Equal(1, StateOf(board, world, "large").Occupied);
    }

    [Fact]
    public async Task Refresh_OfFacilitiesThatWereTouched_LeavesTheOthers()
    {
        await using var subject = new SqliteUnderTest();
        var world = new GateWorld(subject.Live, subject.Holders);
        var (board, lookout) = BoardOf(subject, world);
        board.Take(await lookout.LookAsync());
        await world.DriveAsync("large-in-0", new(1));
        await world.DriveAsync("other-in-0", new(2));

        board.Touch(FacilityOf(world, "large"));
        var changed = await board.RefreshAsync();

        Assert.Equal(("large", 1L), (Assert.Single(changed.Facilities).Facility.Id.Value, changed.Facilities[0].Stamp?.Sequence));
        Assert.Equal(0, StateOf(board, world, "other").Occupied);
    }

    [Fact]
    public async Task Refresh_WithoutAChange_AnnouncesNothingAndIsNewer()
    {
        await using var subject = new SqliteUnderTest();
        var world = new GateWorld(subject.Live, subject.Holders);
        var (board, lookout) = BoardOf(subject, world);
        board.Take(await lookout.LookAsync());
        world.Time.Advance(TimeSpan.FromSeconds(7));

        Assert.True(board.Take(await lookout.LookAsync()).AreNone);
        Assert.Equal((world.Now, 0L), (StateOf(board, world, "large").AsOf, StateOf(board, world, "large").Stamp?.Sequence));
    }

    [Fact]
    public async Task Take_OfALookThatALaterOneHasOvertaken_ChangesNothing()
    {
        await using var subject = new SqliteUnderTest();
        var world = new GateWorld(subject.Live, subject.Holders);
        var (board, lookout) = BoardOf(subject, world);
        var overtaken = await lookout.LookAsync();
        await world.DriveAsync("large-in-0", new(1));
        board.Touch(FacilityOf(world, "large"));
        await board.RefreshAsync();

        board.Take(overtaken);

        Assert.Equal(1, StateOf(board, world, "large").Occupied);
        Assert.Equal(0, StateOf(board, world, "other").Occupied);
    }

    [Fact]
    public async Task Take_LeavesTouchedFacilitiesToTheRefreshOfTheSameTick()
    {
        await using var subject = new SqliteUnderTest();
        var world = new GateWorld(subject.Live, subject.Holders);
        var (board, lookout) = BoardOf(subject, world);
        board.Take(await lookout.LookAsync());
        await world.DriveAsync("large-in-0", new(1));
        board.Touch(FacilityOf(world, "large"));

        Assert.Empty(board.Take(await lookout.LookAsync()).Facilities);
        Assert.Equal(1, Assert.Single((await board.RefreshAsync()).Facilities).Occupied);
    }

    private static (OccupancyBoard Board, FacilityLookout Lookout) BoardOf(SqliteUnderTest subject, GateWorld world)
    {
        var watch = new FacilityWatch(
            subject.Live,
            subject.Live,
            subject.Live,
            world.City,
            new FacilityStates(),
            world.Time.ToClock(),
            NullLogger<FacilityWatch>.Instance);
        var lookout = new FacilityLookout(watch, world.City, world.Time, NullLogger<FacilityLookout>.Instance);
        return (new OccupancyBoard(watch, world.City, world.Time.ToClock()), lookout);
    }

    private static OccupancyState StateOf(OccupancyBoard board, GateWorld world, string facility) =>
        Assert.Single(board.StatesOf([FacilityOf(world, facility)]));

    private static Facility FacilityOf(GateWorld world, string facility) => world.City.FindFacility(new(facility))!;
}
