using System.Collections.Immutable;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Boards;

/// <summary>The text of a price board for one version of a tariff.</summary>
/// <remarks>
/// The board has everything that affects a price, so that a driver can predict the receipt. It omits ids, notes and the time zone, which is
/// the local one.
/// </remarks>
public static class PriceBoard
{
    /// <summary>The lines of the board, from top to bottom.</summary>
    /// <param name="version">The version in force.</param>
    public static ImmutableArray<LocalizedText> Describe(TariffVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var hasOneRate = version.RateTables is [{ Rates.Length: 1 }];
        return
        [
            version.Tariff.Name,
            .. VersionWords.ValidityOf(version),
            .. version.RateTables.SelectMany(table => LinesOf(table, version, hasOneRate)),
            .. hasOneRate ? (IEnumerable<LocalizedText>)[] : [Words.Heading(new("通用", "In every case"))],
            .. VersionWords.RulesOf(version),
        ];
    }

    private static IEnumerable<LocalizedText> LinesOf(RateTable table, TariffVersion version, bool hasOneRate)
    {
        if (version.RateTables.Length > 1)
        {
            yield return Words.Heading(HeadingOf(table));
        }

        if (table.Rates.Length > 1)
        {
            yield return table.Choose == RateChoice.Cheapest
                ? new("以下取最便宜者：", "The cheapest of these applies:")
                : new("以下取第一个符合条件者：", "The first of these whose conditions hold applies:");
        }

        foreach (var rate in table.Rates)
        {
            if (table.Rates.Length > 1)
            {
                var name = Words.WithDetails(rate.Name, RateWords.Of(rate.Conditions));
                yield return new($"▸ {name.Zh}", $"▸ {name.En}");
            }

            foreach (var line in new RateWords(rate, version.Tariff.Currency).Lines())
            {
                yield return line;
            }
        }
    }

    /// <summary>The drivers that the table is for.</summary>
    private static LocalizedText HeadingOf(RateTable table)
    {
        var who = new List<LocalizedText>();
        if (!table.VehicleClasses.IsEmpty)
        {
            who.Add(Words.Join("、", ", ", table.VehicleClasses.Select(NameOf)));
        }

        if (!table.Entitlements.IsEmpty)
        {
            who.Add(new($"凭 {string.Join(" 或 ", table.Entitlements)}", $"with {string.Join(" or ", table.Entitlements)}"));
        }

        if (who.Count == 0)
        {
            return table.Name ?? new("其他车辆", "Everyone else");
        }

        return table.Name is { } name ? Words.WithDetails(name, Words.Join("，", "; ", who)) : Words.Line(Words.Join("，", "; ", who));
    }

    private static LocalizedText NameOf(VehicleClass vehicle) => vehicle switch
    {
        VehicleClass.Car => new("小型汽车", "cars"),
        VehicleClass.Motorcycle => new("摩托车", "motorcycles"),
        VehicleClass.Electric => new("新能源汽车", "electric cars"),
        _ => new("大型客车", "coaches"),
    };
}
