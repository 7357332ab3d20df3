using System.Globalization;
using NodaTime;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The time axis that all charts above each other share.</summary>
/// <param name="starts">At its left.</param>
/// <param name="ends">At its right.</param>
/// <param name="zone">In which people read it.</param>
internal sealed class TimeScale(Instant starts, Instant ends, DateTimeZone zone)
{
    /// <summary>Units across; charts are stretched to whatever room there is.</summary>
    public const int Width = 1000;

    private const int MostTicks = 9, HoursOfADay = 24;

    private static readonly int[] TickHours = [1, 2, 3, 4, 6, 8, 12];

    private readonly double _length = Math.Max(1, (ends - starts).TotalMilliseconds);

    /// <summary>The place of an instant.</summary>
    public double X(Instant at) => X((long)(at - starts).TotalMilliseconds);

    /// <summary>The place of a moment so many milliseconds after the start.</summary>
    public double X(long milliseconds) => Math.Round(Math.Clamp(milliseconds / _length, 0, 1) * Width, 1);

    public string TimeText(Instant at) => at.InZone(zone).ToString("uuuu-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);

    /// <summary>At most nine, on full hours or days of the wall clock.</summary>
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
