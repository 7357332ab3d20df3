namespace Parking.Tariffs.Documents.Coverage;

/// <summary>The hours that bands have on a day of one kind in one stretch of dates, and those that they keep on the day after.</summary>
/// <param name="Own">Of the bands that begin on the day.</param>
/// <param name="NextDay">Of those that go over midnight, on the day after.</param>
internal sealed record DayPlan(Hours[] Own, Hours[] NextDay)
{
    /// <summary>The same for equal hours of the day.</summary>
    public required int OwnId { get; init; }

    /// <summary>The same for equal hours of the day after.</summary>
    public required int NextDayId { get; init; }
}
