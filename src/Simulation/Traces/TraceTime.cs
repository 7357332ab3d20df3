using System.Globalization;
using NodaTime;

namespace Parking.Simulation.Traces;

/// <summary>Reads times in the form that traces use.</summary>
internal static class TraceTime
{
    public const string Expected = "a time in UTC is expected, such as 2026-05-04T00:12:31.250Z, with at most three decimals";

    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.f'Z'", "yyyy-MM-dd'T'HH:mm:ss.ff'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];

    /// <summary>Reads a time in any allowed form.</summary>
    public static bool TryParse(string text, out Instant at)
    {
        var isTime = DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var found);
        at = isTime ? Instant.FromDateTimeOffset(found) : default;
        return isTime;
    }

    /// <summary>Reads a time, with a fast path for the form that <see cref="TraceWriter"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Instant at)
    {
        if (text.Length == 24 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
            && text[19] == '.' && text[23] == 'Z'
            && TryNumber(text[..4], out var year) && TryNumber(text[5..7], out var month) && TryNumber(text[8..10], out var day)
            && TryNumber(text[11..13], out var hour) && TryNumber(text[14..16], out var minute) && TryNumber(text[17..19], out var second)
            && TryNumber(text[20..23], out var milliseconds)
            && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60
            && second < 60)
        {
            at = Instant.FromDateTimeUtc(new DateTime(year, month, day, hour, minute, second, milliseconds, DateTimeKind.Utc));
            return true;
        }
        at = default;
        return text.Length <= 24 && TryParse(System.Text.Encoding.UTF8.GetString(text), out at);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            number = (number * 10) + (digit - '0');
        }
        return true;
    }
}
