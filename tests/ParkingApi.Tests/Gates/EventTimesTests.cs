using NodaTime;
using Parking.Admission;

namespace Parking.Api.Tests.Gates;

/// <summary>When an event that is over is taken to have happened. Times are in seconds; the code was issued at second 0.</summary>
public class EventTimesTests
{
    private const long Hour = 3600;

    private static readonly Instant Issued = Instant.FromUtc(2026, 11, 24, 8, 0);

    [Theory]
    [InlineData(10, Hour)] // as it was
    [InlineData(-30, Hour)] // the clock is slow by the skew
    [InlineData(Hour + 30, Hour)] // the clock is fast by the skew
    [InlineData(-30, 5)] // the same, reported at once
    public void OfLate_WithinTheProofAndTheSkew_IsTheGatesTime(long reported, long received) =>
        Assert.Equal(new(At(reported)), Date(reported, received));

    [Theory]
    [InlineData(-31, Hour)]
    [InlineData(Hour + 31, Hour)]
    [InlineData(-1_000_000_000, Hour)]
    [InlineData(1_000_000_000, Hour)]
    public void OfLate_BeyondThem_IsOpenBetweenTheCodesIssueAndTheFirstReceipt(long reported, long received) =>
        Assert.Equal(new(At(0), At(received)), Date(reported, received));

    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    public void OfLate_BeyondThem_ButReportedWithinTwoMinutes_IsTheReceipt(long received) =>
        Assert.Equal(new(At(received)), Date(-Hour, received));

    [Theory]
    [InlineData(-1_000_000_000)] // dead
    [InlineData(-250)] // slow by more than a request can have travelled
    [InlineData(131)] // fast
    [InlineData(Hour)]
    public void OfLate_TheSteadyClockHasRunOn_IsItsTime(long reported) =>
        Assert.Equal(new(At(100)), Date(reported, Hour, steady: 100));

    [Theory]
    [InlineData(100)]
    [InlineData(130)]
    [InlineData(-20)] // two minutes on the way
    public void OfLate_TheSteadyClockAgrees_IsTheGatesTime(long reported) =>
        Assert.Equal(new(At(reported)), Date(reported, Hour, steady: 100));

    [Fact]
    public void OfLate_TheCodeDisprovesTheSteadyClock_OnlyTheCodeCounts() =>
        Assert.Equal(new(At(0), At(Hour)), Date(-Hour, Hour, steady: -31));

    [Theory]
    [InlineData(-1_000_000_000, -1_000_000_000)] // nothing disproves it
    [InlineData(Hour + 31, Hour)]
    public void OfLate_NoCode_OnlyTheReceiptIsABound(long reported, long expected) =>
        Assert.Equal(new(At(expected)), EventTimes.OfLate(new(At(reported), At(Hour), null, null, Duration.FromSeconds(30))));

    private static EventTime Date(long reported, long received, long? steady = null) => EventTimes.OfLate(new(
        At(reported), At(received), steady is { } second ? At(second) : null, Issued, Duration.FromSeconds(30)));

    private static Instant At(long second) => Issued + Duration.FromSeconds(second);
}
