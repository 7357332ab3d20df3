using NodaTime;

namespace Parking.BackOffice.Use;

/// <summary>A local day, and its hours as its clocks show them. There are 23 to 25, and short ones where clocks move by less.</summary>
internal static class LocalHours
{
    /// <summary>Where a day begins, and where the next one does.</summary>
    public static (Instant Start, Instant End) BoundsOf(LocalDate day, DateTimeZone zone) =>
        (zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(1)).ToInstant());

    /// <summary>Where the hours of a time begin, and at last where it ends: one more than there are hours.</summary>
    public static IReadOnlyList<Instant> Of(Instant start, Instant end, DateTimeZone zone)
    {
        var bounds = new List<Instant>(26);
        for (var at = start; at < end;)
        {
            bounds.Add(at);
            at += Duration.FromHours(1) - Duration.FromTicks(at.InZone(zone).TickOfDay % NodaConstants.TicksPerHour);
        }

        bounds.Add(end);
        return bounds;
    }
}
