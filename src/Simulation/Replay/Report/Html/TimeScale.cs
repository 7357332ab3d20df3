using System.Globalization;
using NodaTime;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The common time axis of all charts.</summary>
/// <param name="starts">The instant at its left end.</param>
/// <param name="ends">The instant at its right end.</param>
/// <param name="zone">The time zone of its labels.</param>
internal sealed class TimeScale(Instant starts, Instant ends, DateTimeZone zone)
{
    /// <summary>The width in units. Charts are stretched to the available width.</summary>
    public const int Width = 1000;

    private const int MostTicks = 9, HoursOfADay = 24;

    private static readonly int[] TickHours = [1, 2, 3, 4, 6, 8, 12];

    private readonly double _length = Math.Max(1, (ends - starts).TotalMilliseconds);

    /// <summary>The x coordinate of an instant.</summary>
    public double X(Instant at) => X((long)(at - starts).TotalMilliseconds);

    /// <summary>The x coordinate of a time in milliseconds since the start.</summary>
    public double X(long milliseconds) => Math.Round(Math.Clamp(milliseconds / _length, 0, 1) * Width, 1);

    public string TimeText(Instant at) => at.InZone(zone).ToString("uuuu-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);

    /// <summary>At most nine labels, on full hours or days of local time.</summary>
    public IReadOnlyList<(double X, string Label)> Ticks()
    {
        var hours = _length / Duration.FromHours(1).TotalMilliseconds;
        if (hours < 1)
        {
            return [(0, TimeText(starts)[11..19]), (Width, TimeText(ends)[11..19])];
        }
        var step = TickHours.FirstOrDefault(each => hours / each <= MostTicks);
        if (step == 0)
        {
            step = HoursOfADay * (int)Math.Ceiling(hours / HoursOfADay / MostTicks);
        }
        var ticks = new List<(double X, string Label)>();
        for (var local = starts.InZone(zone).Date.AtMidnight(); zone.AtLeniently(local).ToInstant() is var at
            && at <= ends; local = local.PlusHours(step))
        {
            if (at >= starts)
            {
                ticks.Add(
                    (X(at), local.Hour == 0
                        ? local.ToString("MM-dd", CultureInfo.InvariantCulture)
                        : local.ToString("HH:mm", CultureInfo.InvariantCulture)));
            }
        }
        return ticks;
    }
}
