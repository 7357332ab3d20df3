using NodaTime;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>
/// Adds to a stay the doubt that depends on the time and the city file, and so cannot follow from its events: it is longer than a stay
/// there can plausibly be.
/// </summary>
public static class StayPlausibility
{
    /// <summary>The stay as it is to be told at <paramref name="now"/>.</summary>
    /// <param name="city">Has the limits.</param>
    /// <param name="stay">A stay that follows from events.</param>
    /// <param name="now">Until when an open stay has lasted.</param>
    public static Stay Judge(this CityDirectory city, Stay stay, Instant now) =>
        stay is { EnteredAt: { } entered, Ending: StayEnding.Open or StayEnding.Exited }
            && stay.State is StayState.Provisional or StayState.Settled or StayState.Conflicting
            && (stay.EndedAt ?? now) - entered > city.LongestStayAt(stay.Facility)
            ? stay with { Doubts = stay.Doubts | StayDoubts.TooLong, State = StayState.Conflicting }
            : stay;
}
