namespace Parking.Tariffs.Documents.Coverage;

/// <summary>A part of a day that belongs to a band.</summary>
/// <param name="From">Minutes from midnight, inclusive.</param>
/// <param name="To">Minutes from midnight, exclusive; at most 1440.</param>
/// <param name="Band">The band's index in its rate.</param>
internal readonly record struct Hours(int From, int To, int Band)
{
    /// <summary>The minutes of a day.</summary>
    public const int Day = 1440;

    /// <summary>Formats minutes from midnight as in documents.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
