using NodaTime;
using Parking.Api.Occupancy;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;

namespace Parking.Api.Tests.Occupancy;

public sealed class DecisionFeedTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 30);

    private readonly DecisionFeed _feed = new();

    [Fact]
    public void Take_HasEachDecisionInEachOfItsScopesOnce()
    {
        Note("f1", 1);
        Note("f2", 2);

        var taken = _feed.Take();

        Assert.Equal(["city", "district:d", "facility:f1", "facility:f2"], taken.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["f1", "f2"], taken["city"].Select(decision => decision.Facility));
        Assert.Equal("f2", Assert.Single(taken["facility:f2"]).Facility);
        Assert.Empty(_feed.Take());
    }

    [Fact]
    public void Take_AfterARush_HasTheNewestOnly()
    {
        for (var second = 1; second <= 100; second++)
        {
            Note("f1", second);
        }

        var taken = _feed.Take()["city"].Select(decision => decision.At).ToList();

        Assert.Equal(DecisionFeed.MaxDecisions, taken.Count);
        Assert.Equal((Start + Duration.FromSeconds(37), Start + Duration.FromSeconds(100)), (taken[0], taken[^1]));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(7, 4000, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    public void Gate_WithABacklog_HasNewsOnlyWhenTheBacklogBeginsOrEnds(long before, long after, bool isLike)
    {
        var view = new GateView(GateOf("f1"), GatePresence.Online, Start, before, Parking.Logbook.GateCondition.Good);

        Assert.Equal(isLike, (view with { Unsent = after }).IsLike(view));
    }

    private void Note(string facility, int second) => _feed.Note(
        GateOf(facility),
        new()
        {
            Decision = GateDecision.Open,
            Reason = ScanReason.Entered,
            DecidedAt = Start,
            Display = new("欢迎", "Welcome"),
        },
        Start + Duration.FromSeconds(second),
        isLive: true);

    private static Gate GateOf(string facility) => new(
        new($"{facility}-in"),
        GateDirection.Entry,
        new()
        {
            Id = new(facility),
            District = new("d"),
            Name = new("停", "P"),
            Capacity = 1,
            EnforcesCapacity = true,
            MissedEntry = MissedEntryPolicy.Open,
            TimeZone = DateTimeZone.Utc,
        });
}
