using System.Globalization;
using NodaTime;

namespace Parking.Tariffs.Boards;

/// <summary>Putting words together in both languages at once.</summary>
internal static class Words
{
    private static readonly Duration Day = Duration.FromDays(1);

    public static LocalizedText Join(string zh, string en, IEnumerable<LocalizedText> parts)
    {
        var all = parts.ToList();
        return new(string.Join(zh, all.Select(part => part.Zh)), string.Join(en, all.Select(part => part.En)));
    }

    /// <summary>A row of clauses, separated by commas.</summary>
    public static LocalizedText Clauses(params IEnumerable<LocalizedText> parts) => Join("，", ", ", parts);

    /// <summary>What stands above the lines of a part of the board.</summary>
    public static LocalizedText Heading(LocalizedText text) => new($"【{text.Zh}】", $"[{text.En}]");

    /// <summary>Something and, in brackets, what more there is to say of it; where that is nothing or the same again, no brackets.</summary>
    public static LocalizedText WithDetails(LocalizedText text, LocalizedText? details) => new(
        details is null || text.Zh == details.Zh ? text.Zh : $"{text.Zh}（{details.Zh}）",
        details is null || text.En.Equals(details.En, StringComparison.OrdinalIgnoreCase) ? text.En : $"{text.En} ({details.En})");

    /// <summary>A name for what follows it.</summary>
    public static LocalizedText Labelled(LocalizedText label, LocalizedText text) => new($"{label.Zh}：{text.Zh}", $"{label.En}: {text.En}");

    /// <summary>A line of the board begins with a capital letter.</summary>
    public static LocalizedText Line(LocalizedText text) =>
        text with { En = text.En.Length == 0 ? text.En : char.ToUpper(text.En[0], CultureInfo.InvariantCulture) + text.En[1..] };

    /// <summary>A length of time. One day is 24 hours, so that nobody takes it for the date's.</summary>
    public static LocalizedText Length(Duration length) => length == Day ? new("24小时", "24 h") : Wording.Length(length);

    /// <summary>A length as a period that comes again, or the first of its kind: <c>小时 / hour</c>, <c>30分钟 / 30 min</c>.</summary>
    public static LocalizedText Period(Duration length)
    {
        if (length == Duration.FromHours(1))
        {
            return new("小时", "hour");
        }

        if (length == Duration.FromMinutes(1))
        {
            return new("分钟", "minute");
        }

        return Length(length);
    }
}
