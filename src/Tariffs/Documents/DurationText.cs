using System.Globalization;
using System.Text;
using NodaTime;

namespace Parking.Tariffs.Documents;

/// <summary>Lengths of time as in documents: ISO 8601 durations of days, hours, minutes and seconds. A day is 24 hours.</summary>
/// <remarks>Weeks, months, years, signs and fractions are refused: a tariff does not need them, and a month has no fixed length.</remarks>
internal static class DurationText
{
    /// <summary>The largest length: ten years.</summary>
    public const long MaxSeconds = 3660 * 86400L;

    private static readonly (char Designator, long Seconds)[] Parts = [('D', 86400), ('H', 3600), ('M', 60), ('S', 1)];

    /// <summary>Parses a length; null if invalid, or longer than <see cref="MaxSeconds"/>.</summary>
    public static Duration? Parse(string text)
    {
        if (!text.StartsWith('P'))
        {
            return null;
        }

        var rest = text.AsSpan(1);
        var total = 0L;
        var next = 0;
        var afterT = false;
        var parts = 0;
        while (rest.Length > 0)
        {
            if (rest[0] == 'T' && !afterT)
            {
                // At least one part must follow the T.
                (afterT, next, parts) = (true, 1, 0);
                rest = rest[1..];
                continue;
            }

            if (ReadPart(ref rest, afterT, ref next) is not { } seconds || seconds > MaxSeconds)
            {
                return null;
            }

            total += seconds;
            parts++;
        }

        return parts > 0 && total <= MaxSeconds ? Duration.FromSeconds(total) : null;
    }

    /// <summary>Writes a length of whole seconds in its shortest form: <c>P1D</c>, <c>PT1H30M</c>, <c>PT0S</c>.</summary>
    public static string Format(Duration length)
    {
        var rest = (long)length.TotalSeconds;
        if (rest == 0)
        {
            return "PT0S";
        }

        var text = new StringBuilder("P");
        foreach (var (designator, seconds) in Parts)
        {
            if (designator == 'H' && rest > 0)
            {
                text.Append('T');
            }

            if (rest >= seconds)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / seconds}{designator}");
                rest %= seconds;
            }
        }

        return text.ToString();
    }

    /// <summary>Reads digits and their designator. Each designator may occur once, in order, and on its side of the T.</summary>
    private static long? ReadPart(ref ReadOnlySpan<char> rest, bool afterT, ref int next)
    {
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits is not (> 0 and <= 9))
        {
            return null;
        }

        for (var i = next; i < Parts.Length; i++)
        {
            if (rest[digits] == Parts[i].Designator && afterT == i > 0)
            {
                var count = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
                rest = rest[(digits + 1)..];
                next = i + 1;
                return count * Parts[i].Seconds;
            }
        }

        return null;
    }
}
