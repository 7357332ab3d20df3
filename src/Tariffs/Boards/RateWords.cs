using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Boards;

/// <summary>Describes a rate: its lines on the board.</summary>
internal sealed class RateWords(Rate rate, string currency)
{
    private readonly bool _hasOneBand = rate.Bands.Length == 1;

    /// <summary>The conditions, shown beside the rate's name; null if it has none.</summary>
    public static LocalizedText? Of(RateConditions? conditions)
    {
        if (conditions is null)
        {
            return null;
        }

        var parts = new List<LocalizedText>();
        if (!conditions.EntryTimes.IsEmpty)
        {
            var times = TimeWords.Of(conditions.EntryTimes);
            parts.Add(new($"{times.Zh}入场", $"enter {times.En}"));
        }

        if (!conditions.ExitTimes.IsEmpty)
        {
            var times = TimeWords.Of(conditions.ExitTimes);
            parts.Add(new($"{times.Zh}离场", $"leave {times.En}"));
        }

        if (conditions.MaxLength is { } length)
        {
            var most = Words.Length(length);
            parts.Add(new($"停车不超过{most.Zh}", $"stay at most {most.En}"));
        }

        return Words.Clauses(parts);
    }

    /// <summary>The lines: what is free, what each band costs, the limits, and the maximum stay.</summary>
    public IEnumerable<LocalizedText> Lines() =>
        [.. FreeLines(), .. rate.Bands.Select(LineOf), .. BandChangeLines(), .. LimitLines(), .. MaximumStayLines()];

    private IEnumerable<LocalizedText> FreeLines()
    {
        if (rate.EntryGrace > Duration.Zero)
        {
            var length = Wording.Length(rate.EntryGrace);
            yield return new($"{length.Zh}内离场免费，超过则自入场起计费", $"Free if you leave within {length.En}; longer stays pay from the start");
        }

        if (rate.FreeTime > Duration.Zero)
        {
            var length = Words.Period(rate.FreeTime);
            yield return new($"首{length.Zh}不计费，之后开始计时", $"First {length.En} not charged; the time counts from then on");
        }
    }

    private LocalizedText LineOf(Band band)
    {
        var price = PriceWords.Of(band.Price, _hasOneBand, currency);
        if (band.MaxValue is { } most)
        {
            var value = Wording.Money(most, currency);
            price = Words.Clauses(price, _hasOneBand
                ? new($"每次停车封顶 {value}", $"at most {value} per stay")
                : new($"每时段封顶 {value}", $"at most {value} per period"));
        }

        return _hasOneBand ? Words.Line(price) : Words.Line(Words.Labelled(LabelOf(band), price));
    }

    /// <summary>
    /// The label of a band: its hours, because drivers need them more than the name. The band for the rest of the week has none and shows
    /// its name.
    /// </summary>
    private static LocalizedText LabelOf(Band band)
    {
        var times = band.ActiveTimes.IsEmpty ? new("其余时间", "all other times") : TimeWords.Of(band.ActiveTimes);
        return band.Name is { } name ? Words.WithDetails(name, times) : times;
    }

    /// <summary>What happens to a step or a ladder at a band change, if there can be one.</summary>
    private IEnumerable<LocalizedText> BandChangeLines()
    {
        if (_hasOneBand || rate.Bands.All(band => band.Price is BandPrice.Flat))
        {
            yield break;
        }

        var ladder = rate.LadderAtBandChange == LadderAtBandChange.Continues
            ? new LocalizedText("计时跨时段连续", "The time counts on from one period to the next")
            : new LocalizedText("每进入一个时段重新计时", "The time counts anew in each period");
        var step = !rate.Bands.Any(HasSteps) ? null : rate.StepAtBandChange switch
        {
            StepAtBandChange.EndsWhole => new LocalizedText(
                "跨时段的计费单位在交界处结束，按整个单位计费", "a step cut short by a change of period is charged whole"),
            StepAtBandChange.Split => new LocalizedText(
                "跨时段的计费单位按时间比例计费", "a step across a change of period is charged by its share of time in each"),
            _ => new LocalizedText("跨时段的计费单位按起始时段的价格计完", "a step across a change of period runs to its end at the price it began with"),
        };
        yield return step is null ? ladder : new($"{ladder.Zh}；{step.Zh}", $"{ladder.En}; {step.En}");
    }

    private static bool HasSteps(Band band) =>
        band.Price is BandPrice.Ladder { Lines: var lines } && lines.Any(line => line.Kind != RateLineKind.ProRata);

    private IEnumerable<LocalizedText> LimitLines()
    {
        foreach (var cap in rate.Caps)
        {
            var value = Wording.Money(cap.Value, currency);
            yield return cap.Per switch
            {
                CapPer.CalendarDay => new($"每日封顶 {value}", $"At most {value} a calendar day"),
                CapPer.Rolling24Hours => new($"自入场起每24小时封顶 {value}", $"At most {value} per 24 h from entry"),
                CapPer.Rolling7Days => new($"自入场起每7天封顶 {value}", $"At most {value} per 7 days from entry"),
                _ => new($"每次停车封顶 {value}", $"At most {value} per stay"),
            };
        }

        if (rate.MinValue > 0)
        {
            var value = Wording.Money(rate.MinValue, currency);
            yield return new($"产生费用时最低收取 {value}", $"At least {value} where anything is charged");
        }
    }

    private IEnumerable<LocalizedText> MaximumStayLines()
    {
        if (rate.MaximumStay is not { } maximum)
        {
            yield break;
        }

        var length = Words.Length(maximum.Duration);
        yield return new($"最长停放{length.Zh}", $"Maximum stay {length.En}");
        if (maximum.Overstay is { } overstay)
        {
            var price = PriceWords.Of(overstay, isOnlyBand: true, currency);
            var isCapped = rate.Caps.Length > 0 || rate.Bands.Any(band => band.MaxValue is not null);
            yield return Words.Labelled(
                new("超时部分", "Beyond that"),
                isCapped ? Words.Clauses(price, new LocalizedText("不计入封顶", "on top of the limits above")) : price);
        }
    }
}
