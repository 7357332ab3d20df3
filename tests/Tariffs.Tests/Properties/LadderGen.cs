using System.Globalization;
using System.Text.Json.Nodes;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>Prices and lengths, and what is made of them: flat rates and ladders.</summary>
internal static class LadderGen
{
    /// <summary>Lengths in seconds. Their least common multiple is within the bound for shares of steps, whichever are chosen.</summary>
    private static readonly int[] Lengths = [1, 45, 60, 90, 420, 600, 780, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10_800, 43_200, 86_400];

    /// <summary>A length as documents write it.</summary>
    public static string Iso(long seconds)
    {
        var (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        var time = Part(hours, 'H') + Part(minutes, 'M') + Part(rest, 'S');
        return seconds == 0 ? "PT0S" : "P" + Part(days, 'D') + (time == "" ? "" : "T" + time);

        static string Part(long count, char unit) => count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture) + unit;
    }

    public static long Length(Draw draw) => draw.Chance(85) ? draw.OneOf(Lengths) : draw.Long(1, 200_000);

    public static long Value(Draw draw) => draw.Int(0, 99) switch
    {
        < 12 => 0,
        < 25 => draw.Long(1, 9),
        < 85 => draw.Long(1, 40) * 100,
        < 98 => draw.Long(1, 9999),
        _ => draw.OneOf(100_000_000L, 99_999_999, 33_333_333),
    };

    /// <summary>A value that rounding leaves as it is.</summary>
    public static long RoundValue(Draw draw, int unit) => unit * draw.Long(1, Math.Max(1, draw.OneOf(300, 3000, 30_000) / unit));

    public static JsonArray RateLines(Draw draw, bool openTier) => draw.Chance(25)
        ? [new JsonObject { ["rateLineType"] = "flatRate", ["value"] = Value(draw), ["per"] = draw.OneOf("stay", "band", "calendarDay") }]
        : Ladder(draw, openTier);

    private static JsonArray Ladder(Draw draw, bool openTier)
    {
        var lines = new JsonArray();
        var position = 0L;
        for (var more = draw.OneOf(0, 0, 1, 1, 2, 3); more >= 0; more--)
        {
            var period = (long)draw.OneOf(Lengths);
            var line = new JsonObject { ["value"] = Value(draw), ["durationStart"] = Iso(position) };
            long end;
            switch (draw.Int(0, 9))
            {
                case < 3 when more > 0 || openTier:
                    line["rateLineType"] = "flatRateTier";
                    end = position + period;
                    break;

                case < 4:
                    line["rateLineType"] = "incrementingRate";
                    line["incrementPeriod"] = Iso(period);
                    line["proRata"] = true;
                    end = position + draw.OneOf(Lengths);
                    break;

                default:
                    line["rateLineType"] = "incrementingRate";
                    line["incrementPeriod"] = Iso(period);
                    end = position + (period * draw.Int(1, 4));
                    if (draw.Chance(10))
                    {
                        line["proRata"] = false;
                    }

                    break;
            }

            if (more > 0)
            {
                line["durationEnd"] = Iso(end);
            }

            lines.Add(line);
            position = end;
        }

        return lines;
    }
}
