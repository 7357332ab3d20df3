namespace Parking.Tariffs.Documents.Coverage;

/// <summary>The hours of bands on a day of one kind in one stretch of dates, and their hours on the next day.</summary>
/// <param name="Own">The hours of bands that begin on the day.</param>
/// <param name="NextDay">The hours on the next day of those that cross midnight.</param>
internal sealed record DayPlan(Hours[] Own, Hours[] NextDay)
{
    /// <summary>An id that is equal for equal hours of the day.</summary>
    public required int OwnId { get; init; }

    /// <summary>An id that is equal for equal hours of the next day.</summary>
    public required int NextDayId { get; init; }
}
