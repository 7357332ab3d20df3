using System.Globalization;
using NodaTime;

namespace Parking.Tariffs.Boards;

/// <summary>Composes texts in both languages.</summary>
internal static class Words
{
    private static readonly Duration Day = Duration.FromDays(1);

    public static LocalizedText Join(string zh, string en, IEnumerable<LocalizedText> parts)
    {
        var all = parts.ToList();
        return new(string.Join(zh, all.Select(part => part.Zh)), string.Join(en, all.Select(part => part.En)));
    }

    /// <summary>Clauses, separated by commas.</summary>
    public static LocalizedText Clauses(params IEnumerable<LocalizedText> parts) => Join("，", ", ", parts);

    /// <summary>The heading of a part of the board.</summary>
    public static LocalizedText Heading(LocalizedText text) => new($"【{text.Zh}】", $"[{text.En}]");

    /// <summary>A text with details in brackets; without brackets if the details are null or equal to the text.</summary>
    public static LocalizedText WithDetails(LocalizedText text, LocalizedText? details) => new(
        details is null || text.Zh == details.Zh ? text.Zh : $"{text.Zh}（{details.Zh}）",
        details is null || text.En.Equals(details.En, StringComparison.OrdinalIgnoreCase) ? text.En : $"{text.En} ({details.En})");

    /// <summary>A text with a label before it.</summary>
    public static LocalizedText Labelled(LocalizedText label, LocalizedText text) => new($"{label.Zh}：{text.Zh}", $"{label.En}: {text.En}");

    /// <summary>A line of the board, which begins with a capital letter.</summary>
    public static LocalizedText Line(LocalizedText text) =>
        text with { En = text.En.Length == 0 ? text.En : char.ToUpper(text.En[0], CultureInfo.InvariantCulture) + text.En[1..] };

    /// <summary>A length of time. One day is written as 24 hours, to distinguish it from a calendar day.</summary>
    public static LocalizedText Length(Duration length) => length == Day ? new("24小时", "24 h") : Wording.Length(length);

    /// <summary>A length as a repeated period: <c>小时 / hour</c>, <c>30分钟 / 30 min</c>.</summary>
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
