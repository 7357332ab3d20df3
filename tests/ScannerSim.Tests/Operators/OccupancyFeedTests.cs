using CsCheck;
using Parking.Simulation.Operators;

namespace Parking.ScannerSim.Tests.Operators;

public class OccupancyFeedTests
{
    [Fact]
    public void Take_HigherNumber_IsShown_HoweverFarItJumps()
    {
        var feed = FeedOf(State(5, occupied: 1));

        Assert.True(feed.Take(Update(State(9, occupied: 2))));
        Assert.Equal(2, feed.Latest["north"].Occupied);
        Assert.False(feed.IsInDoubt);
    }

    [Fact]
    public void Take_LowerNumber_IsOlder()
    {
        var feed = FeedOf(State(5, occupied: 5));

        Assert.True(feed.Take(Update(State(4, occupied: 4))));
        Assert.Equal(5, feed.Latest["north"].Occupied);
    }

    [Fact]
    public void Take_WithoutNumber_IsWhatTheServiceDoesNotKnow_UntilItKnowsAgain()
    {
        var feed = FeedOf(State(5, occupied: 5));

        feed.Take(Update(State(null, occupied: null)));
        Assert.Null(feed.Latest["north"].Occupied);

        feed.Take(Update(State(5, occupied: 5)));
        Assert.Equal(5, feed.Latest["north"].Occupied);
    }

    [Fact]
    public void Take_OfAnotherEpoch_IsShownAndInDoubtUntilTheNextSnapshot()
    {
        var feed = FeedOf(State(50, occupied: 9));

        Assert.False(feed.Take(Update(State(1, occupied: 3)) with { Epoch = "later" }));
        Assert.Equal(3, feed.Latest["north"].Occupied);
        Assert.True(feed.IsInDoubt);

        feed.TakeAll(Update(State(0, occupied: 4)) with { Epoch = "later" });
        Assert.False(feed.IsInDoubt);
        Assert.Equal(4, feed.Latest["north"].Occupied);
        Assert.True(feed.Take(Update(State(1)) with { Epoch = "later" }));
    }

    [Fact]
    public void Doubt_EndsWithTheNextSnapshot()
    {
        var feed = FeedOf(State(5));

        feed.Doubt();
        Assert.True(feed.IsInDoubt);
        feed.TakeAll(Update(State(5)));

        Assert.False(feed.IsInDoubt);
    }

    /// <summary>Whichever messages come, in whatever order, the highest number is shown.</summary>
    [Fact]
    public void Take_AnyOrder_ShowsTheHighestNumber()
    {
        Gen.Long[0, 20].Array[1, 40].SampleCases(Depth.Cases, numbers =>
        {
            var feed = FeedOf(State(0));
            foreach (var number in numbers)
            {
                feed.Take(Update(State(number, occupied: (int)number)));
            }
            Assert.Equal((int)numbers.Max(), feed.Latest["north"].Occupied ?? 0);
        });
    }

    private static OccupancyFeed FeedOf(FacilityOccupancy state)
    {
        var feed = new OccupancyFeed();
        feed.TakeAll(Update(state));
        return feed;
    }

    private static OccupancyUpdate Update(FacilityOccupancy state) => new("city", "first", [state]);

    private static FacilityOccupancy State(long? sequence, int? occupied = 0) =>
        new() { Facility = "north", Sequence = sequence, Occupied = occupied, Capacity = 10 };
}
