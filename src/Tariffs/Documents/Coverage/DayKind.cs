namespace Parking.Tariffs.Documents.Coverage;

/// <summary>
/// A kind of day: a weekday and its status. For the bands of a rate, dates of one kind differ only in their place in the year.
/// </summary>
/// <param name="Weekday">1 for Monday to 7 for Sunday.</param>
/// <param name="Status">The status by the holiday calendar.</param>
internal readonly record struct DayKind(int Weekday, DayStatus Status);
