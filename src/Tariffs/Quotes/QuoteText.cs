using System.Diagnostics;
using System.Globalization;

namespace Parking.Tariffs.Quotes;

/// <summary>Describes the lines of a quote. It omits times: a display adds them in its own zone.</summary>
internal static class QuoteText
{
    private static readonly LocalizedText Nothing = new("", "");

    /// <exception cref="UnreachableException">The kind is unknown.</exception>
    public static LocalizedText Of(QuoteLine line) => line.Kind switch
    {
        QuoteLineKind.EntryGrace => new($"{Parked(line).Zh}，免费时间内", $"{Parked(line).En}, within the grace period"),
        QuoteLineKind.FreeTime => new($"前{Parked(line).Zh}免费", $"First {Parked(line).En} free"),
        QuoteLineKind.Flat => Charged(line, "次", "×"),
        QuoteLineKind.Tier => Charged(line, $"×{Step(line).Zh}", $"× {Step(line).En}"),
        QuoteLineKind.Increments => Charged(line, $"×{Step(line).Zh}", $"× {Step(line).En}"),
        QuoteLineKind.ProRata or QuoteLineKind.PartOfStep => OfTime(line),
        QuoteLineKind.BandCap => Capped(line, $"{Subject(line).Zh}封顶", $"{Subject(line).En}: at most"),
        QuoteLineKind.DailyCap => Capped(line, "当日封顶", "At most a day:"),
        QuoteLineKind.Rolling24HoursCap => Capped(line, "24小时封顶", "At most in 24 hours:"),
        QuoteLineKind.Rolling7DaysCap => Capped(line, "7天封顶", "At most in 7 days:"),
        QuoteLineKind.StayCap => Capped(line, "单次封顶", "At most for a stay:"),
        QuoteLineKind.MinimumCharge => Capped(line, "最低收费", "Minimum charge"),
        QuoteLineKind.Validation => Subject(line),
        QuoteLineKind.ExitGrace => new($"付费后{Parked(line).Zh}内离场，不另收费", $"Left {Parked(line).En} after paying: nothing more"),
        QuoteLineKind.Rounding => new("取整", "Rounding"),
        _ => throw new UnreachableException($"{line.Kind} is no kind of line."),
    };

    private static LocalizedText Charged(QuoteLine line, string zhUnit, string enUnit)
    {
        var quantity = line.Quantity!.Value.ToString("0", CultureInfo.InvariantCulture);
        var price = Wording.Money(line.UnitPrice!.Value, line.Currency);
        var factor = Factor(line);
        return new(
            $"{Subject(line).Zh}：{quantity}{zhUnit} {price}{factor}",
            enUnit == "×"
                ? $"{Subject(line).En}: {quantity} × {price}{factor}"
                : $"{Subject(line).En}: {quantity} {enUnit} at {price}{factor}");
    }

    private static LocalizedText OfTime(QuoteLine line)
    {
        var price = Wording.Money(line.UnitPrice!.Value, line.Currency);
        return new(
            $"{Subject(line).Zh}：{Parked(line).Zh}，每{Step(line).Zh}{price}{Factor(line)}",
            $"{Subject(line).En}: {Parked(line).En} at {price} per {Step(line).En}{Factor(line)}");
    }

    private static LocalizedText Capped(QuoteLine line, string zh, string en)
    {
        var value = Wording.Money(line.UnitPrice!.Value, line.Currency);
        return new($"{zh}{value}", $"{en} {value}");
    }

    private static string Factor(QuoteLine line) =>
        line.Percent is { } percent and not 100 ? string.Create(CultureInfo.InvariantCulture, $" × {percent} %") : "";

    private static LocalizedText Subject(QuoteLine line) => line.Name ?? Nothing;

    private static LocalizedText Parked(QuoteLine line) => Wording.Length(line.To!.Value - line.From!.Value);

    private static LocalizedText Step(QuoteLine line) =>
        line.IncrementPeriod is { } length ? Wording.Length(length) : new("余下全部", "all the rest");
}
