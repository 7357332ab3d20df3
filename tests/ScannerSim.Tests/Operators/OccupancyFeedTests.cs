using CsCheck;
using Parking.Simulation.Operators;

namespace Parking.ScannerSim.Tests.Operators;

public class OccupancyFeedTests
{
    [Fact]
    public void Take_NextNumber_IsShown()
    {
        var feed = new OccupancyFeed();
        feed.Take(Snapshot(State(5, occupied: 1)));

        Assert.True(feed.Take(State(6, occupied: 2)));
        Assert.Equal(2, feed.Latest["north"].Occupied);
        Assert.False(feed.IsInDoubt);
    }

    [Fact]
    public void Take_NumberLeftOut_IsNoticedAndInDoubtUntilTheNextSnapshot()
    {
        var feed = new OccupancyFeed();
        feed.Take(Snapshot(State(5)));

        Assert.False(feed.Take(State(7)));
        Assert.Equal(1, feed.Gaps);
        Assert.True(feed.IsInDoubt);

        feed.Take(Snapshot(State(9, occupied: 4)));
        Assert.False(feed.IsInDoubt);
        Assert.Equal(4, feed.Latest["north"].Occupied);
    }

    [Fact]
    public void Take_ServiceStartedAnew_SnapshotWithSmallerNumbersHolds()
    {
        var feed = new OccupancyFeed();
        feed.Take(Snapshot(State(50, occupied: 9)));
        feed.Doubt();

        feed.Take(Snapshot(State(0, occupied: 3)));

        Assert.Equal(3, feed.Latest["north"].Occupied);
        Assert.True(feed.Take(State(1)));
    }

    [Fact]
    public void Take_ChangeOlderThanTheSnapshot_ChangesNothing()
    {
        var feed = new OccupancyFeed();
        feed.Take(Snapshot(State(5, occupied: 5)));

        Assert.True(feed.Take(State(4, occupied: 4)));
        Assert.Equal(5, feed.Latest["north"].Occupied);
    }

    /// <summary>Whichever messages are lost, either the loss is detected, or the last number received is shown without doubt.</summary>
    [Fact]
    public void Take_AnyMessagesLost_LossBeforeAReceivedOneIsNoticed()
    {
        Gen.Bool.Array[1, 40].SampleCases(Depth.Cases, arrives =>
        {
            var feed = new OccupancyFeed();
            feed.Take(Snapshot(State(0)));
            var last = 0;
            var lost = 0;
            for (var i = 0; i < arrives.Length; i++)
            {
                if (arrives[i])
                {
                    lost += i == last ? 0 : 1;
                    last = i + 1;
                    feed.Take(State(i + 1, occupied: i + 1));
                }
            }
            Assert.Equal(lost, feed.Gaps);
            Assert.Equal(lost > 0, feed.IsInDoubt);
            Assert.Equal(last, feed.Latest["north"].Sequence);
        });
    }

    private static OccupancySnapshot Snapshot(FacilityOccupancy state) => new("city", [state]);

    private static FacilityOccupancy State(long sequence, int occupied = 0) =>
        new() { Facility = "north", Sequence = sequence, Occupied = occupied, Capacity = 10 };
}
