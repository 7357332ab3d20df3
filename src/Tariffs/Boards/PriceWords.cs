using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Boards;

/// <summary>Describes the price of a band.</summary>
internal static class PriceWords
{
    private static readonly LocalizedText Free = new("免费", "free");

    /// <summary>One clause for each rate line: <c>首小时 ¥15，之后每30分钟 ¥10 / first hour ¥15, then ¥10 per started 30 min</c>.</summary>
    /// <param name="price">The band's price.</param>
    /// <param name="isOnlyBand">
    /// Whether the rate has only this band. It then has one occurrence, so "once per occurrence" is "once per stay".
    /// </param>
    /// <param name="currency">ISO 4217 code.</param>
    public static LocalizedText Of(BandPrice price, bool isOnlyBand, string currency) => price switch
    {
        BandPrice.Flat flat => Of(flat, isOnlyBand, currency),
        BandPrice.Ladder ladder => Words.Clauses(ladder.Lines.Select(line => Of(line, currency))),
        _ => throw new ArgumentException("The price is of an unknown kind.", nameof(price)),
    };

    private static LocalizedText Of(BandPrice.Flat flat, bool isOnlyBand, string currency)
    {
        if (flat.Value == 0)
        {
            return Free;
        }

        var value = Wording.Money(flat.Value, currency);
        return flat.Per switch
        {
            FlatPer.CalendarDay => new($"每个自然日 {value}", $"{value} per calendar day"),
            FlatPer.Band when !isOnlyBand => new($"每时段 {value}", $"{value} per period"),
            _ => new($"每次停车 {value}", $"{value} per stay"),
        };
    }

    private static LocalizedText Of(RateLine line, string currency)
    {
        var (place, charge) = (PlaceOf(line), ChargeOf(line, currency));

        return new((place.Zh + charge.Zh).TrimStart(), $"{place.En} {charge.En}".TrimStart());
    }

    /// <summary>The part of the ladder that a line covers; empty for a line that covers all of it.</summary>
    private static LocalizedText PlaceOf(RateLine line)
    {
        if (line.DurationStart == Duration.Zero)
        {
            return line.DurationEnd is { } first ? new($"首{Words.Period(first).Zh}", $"first {Words.Period(first).En}") : new("", "");
        }

        if (line.DurationEnd is not { } end)
        {
            return new("之后", "then");
        }

        var (from, to) = (Wording.Length(line.DurationStart), Wording.Length(end));
        return new($"{from.Zh}至{to.Zh}", $"{from.En} to {to.En}");
    }

    /// <remarks>In Chinese, a space precedes an amount, but not a word.</remarks>
    private static LocalizedText ChargeOf(RateLine line, string currency)
    {
        if (line.Value == 0)
        {
            return Free;
        }

        var value = Wording.Money(line.Value, currency);
        if (line is { Kind: RateLineKind.Tier } or { IncrementPeriod: null })
        {
            return line.DurationEnd is null ? new($"一次性 {value}", $"{value} once") : new($" {value}", value);
        }

        var period = Words.Period(line.IncrementPeriod.Value);
        return line.Kind == RateLineKind.ProRata
            ? new($"每{period.Zh} {value}（按秒计）", $"{value} per {period.En} (to the second)")
            : new($"每{period.Zh} {value}", $"{value} per started {period.En}");
    }
}
