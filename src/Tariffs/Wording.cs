using System.Globalization;
using NodaTime;

namespace Parking.Tariffs;

/// <summary>Amounts and lengths of time in words, for price boards and receipts.</summary>
public static class Wording
{
    /// <summary>
    /// An amount with its currency: <c>¥15</c>, <c>¥7.50</c>, <c>GBP 1.10</c>, <c>-¥5</c>. Whole amounts have no decimals; others have at
    /// most six beyond the minor unit's.
    /// </summary>
    /// <param name="amount">Minor units.</param>
    /// <param name="currency">ISO 4217 code.</param>
    public static string Money(decimal amount, string currency)
    {
        var digits = MinorDigits(currency);
        var major = Math.Abs(amount);
        for (var i = 0; i < digits; i++)
        {
            major /= 10;
        }

        var number = major == decimal.Truncate(major)
            ? major.ToString("0", CultureInfo.InvariantCulture)
            : major.ToString("0." + new string('0', digits) + "######", CultureInfo.InvariantCulture);
        return $"{(amount < 0 ? "-" : "")}{(currency == "CNY" ? "¥" : currency + " ")}{number}";
    }

    /// <summary>A length of time: <c>30分钟 / 30 min</c>, <c>1小时30分 / 1 h 30 min</c>, <c>2天 / 2 d</c>; of zero, <c>0分钟 / 0 min</c>.</summary>
    /// <param name="length">The length; not negative; truncated to the second.</param>
    public static LocalizedText Length(Duration length)
    {
        var seconds = (long)length.TotalSeconds;
        var (days, hours, minutes, rest) = (seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        var zh = new List<string>();
        var en = new List<string>();
        Add(days, "天", "d");
        Add(hours, "小时", "h");
        Add(minutes, hours > 0 || days > 0 || rest > 0 ? "分" : "分钟", "min");
        Add(rest, "秒", "s");
        return zh.Count == 0 ? new("0分钟", "0 min") : new(string.Concat(zh), string.Join(' ', en));

        void Add(long count, string zhUnit, string enUnit)
        {
            if (count > 0)
            {
                zh.Add(string.Create(CultureInfo.InvariantCulture, $"{count}{zhUnit}"));
                en.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {enUnit}"));
            }
        }
    }

    /// <summary>The number of decimals of the major unit (ISO 4217): 2 for most currencies.</summary>
    private static int MinorDigits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF"
            or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };
}

/// <summary>A text for people, in both languages of the service.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Zh, string En);
