namespace Parking.Tariffs.Documents.Coverage;

/// <summary>A kind of day: a weekday and its status. To the bands of a rate, all dates of a kind are alike but for their place in the year.</summary>
/// <param name="Weekday">1 for Monday to 7 for Sunday.</param>
/// <param name="Status">What it is besides.</param>
internal readonly record struct DayKind(int Weekday, DayStatus Status);
