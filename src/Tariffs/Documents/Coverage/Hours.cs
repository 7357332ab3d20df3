namespace Parking.Tariffs.Documents.Coverage;

/// <summary>A part of a day in which a band holds.</summary>
/// <param name="From">Minutes from midnight, inclusive.</param>
/// <param name="To">Minutes from midnight, exclusive; at most 1440.</param>
/// <param name="Band">The band's place in its rate.</param>
internal readonly record struct Hours(int From, int To, int Band)
{
    /// <summary>The minutes of a day.</summary>
    public const int Day = 1440;

    /// <summary>Minutes from midnight as documents write them.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
