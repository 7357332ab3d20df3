using System.Globalization;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Boards;

/// <summary>Describes the parts of a version other than its rates.</summary>
internal static class VersionWords
{
    /// <summary>The validity of the version; empty if it is unlimited.</summary>
    public static IEnumerable<LocalizedText> ValidityOf(TariffVersion version)
    {
        var zone = version.Tariff.TimeZone;
        if (version.ValidityStart is { } start)
        {
            var from = TimeWords.Of(start, zone);
            yield return new($"适用于{from.Zh}起入场", $"For entries from {from.En} on");
        }

        if (version.ValidityEnd is { } end)
        {
            var until = TimeWords.Of(end, zone);
            yield return new($"适用于{until.Zh}前入场", $"For entries before {until.En}");
        }
    }

    /// <summary>The rules for all rates: occupancy, validations, exit grace, holiday calendar, rounding.</summary>
    public static IEnumerable<LocalizedText> RulesOf(TariffVersion version) =>
    [
        .. OccupancyLines(version),
        .. version.Validations.Select(validation => LineOf(validation, version.Tariff.Currency)),
        .. ClosingLines(version),
    ];

    private static IEnumerable<LocalizedText> OccupancyLines(TariffVersion version)
    {
        if (version.OccupancyFactors.IsEmpty)
        {
            yield break;
        }

        yield return Words.Labelled(
            new("按入场时的占用率计价（封顶、最低收费和优惠不变）", "Prices by how full it is at entry (limits and reductions stay as they are)"),
            Words.Clauses(version.OccupancyFactors.Select(factor => new LocalizedText(
                string.Create(CultureInfo.InvariantCulture, $"{factor.OccupancyFrom}%起×{factor.Percent}%"),
                string.Create(CultureInfo.InvariantCulture, $"from {factor.OccupancyFrom}% full × {factor.Percent}%")))));
    }

    private static LocalizedText LineOf(Validation validation, string currency)
    {
        var parts = new List<LocalizedText> { ReductionOf(validation, currency) };
        if (validation.MaxValue is { } most)
        {
            parts.Add(new($"最多减 {Wording.Money(most, currency)}", $"{Wording.Money(most, currency)} off at most"));
        }

        if (validation.MinValue is { } least)
        {
            parts.Add(new($"减后不低于 {Wording.Money(least, currency)}", $"not below {Wording.Money(least, currency)}"));
        }

        parts.Add(validation.Stackable ? new("可叠加", "may be combined") : new("不可叠加", "may not be combined"));
        return Words.Labelled(new($"优惠「{validation.Name.Zh}」", $"Reduction \"{validation.Name.En}\""), Words.Clauses(parts));
    }

    private static LocalizedText ReductionOf(Validation validation, string currency) => validation switch
    {
        { FreeTime: { } time } => new($"多{Wording.Length(time).Zh}不计费", $"{Wording.Length(time).En} more not charged"),
        { AmountOff: { } amount } => new($"减 {Wording.Money(amount, currency)}", $"{Wording.Money(amount, currency)} off"),
        _ => new(
            string.Create(CultureInfo.InvariantCulture, $"减{validation.PercentOff}%"),
            string.Create(CultureInfo.InvariantCulture, $"{validation.PercentOff}% off")),
    };

    private static IEnumerable<LocalizedText> ClosingLines(TariffVersion version)
    {
        if (PricesOf(version).Any(price =>
            price is BandPrice.Ladder { Lines: var lines } && lines.Any(line => line is { Kind: RateLineKind.Increments, Value: > 0 })))
        {
            yield return new("不足一个计费单位的，按一个单位计费", "A started step is charged whole");
        }

        if (version.ExitGrace > Duration.Zero)
        {
            var length = Wording.Length(version.ExitGrace);
            yield return new($"付清后{length.Zh}内离场，不再计费", $"Once all is paid, leave within {length.En} at no further charge");
        }

        if (version.Tariff.HolidayCalendar is { } calendar && TimesOf(version).Any(time => time.Days.Any(day => day > DayName.Sun)))
        {
            yield return new(
                $"工作日、休息日和法定节假日以 {calendar.Id} 日历为准", $"Workdays, rest days and public holidays are those of the calendar {calendar.Id}");
        }

        var unit = Wording.Money(version.Rounding.Unit, version.Tariff.Currency);
        yield return version.Rounding.Mode switch
        {
            RoundingMode.Up => new($"总价向上取整到 {unit}", $"The total is rounded up to {unit}"),
            RoundingMode.Down => new($"总价向下取整到 {unit}", $"The total is rounded down to {unit}"),
            RoundingMode.HalfUp => new($"总价四舍五入到 {unit}", $"The total is rounded to the nearest {unit}"),
            _ => new($"总价舍入到最近的 {unit}，居中时取偶数倍", $"The total is rounded to the nearest {unit}, from the middle to the even one"),
        };
    }

    private static IEnumerable<BandPrice> PricesOf(TariffVersion version) =>
        from table in version.RateTables
        from rate in table.Rates
        from price in rate.Bands.Select(band => band.Price).Append(rate.MaximumStay?.Overstay)
        where price is not null
        select price;

    private static IEnumerable<ActiveTime> TimesOf(TariffVersion version) =>
        from table in version.RateTables
        from rate in table.Rates
        from time in rate.Bands.SelectMany(band => band.ActiveTimes)
            .Concat(rate.Conditions?.EntryTimes ?? []).Concat(rate.Conditions?.ExitTimes ?? [])
        select time;
}
