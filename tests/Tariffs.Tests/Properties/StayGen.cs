using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>
/// Random stays aimed at where prices change: band changes, step ends, ends of graces and windows, changes of clocks; a second before, at
/// and after.
/// </summary>
internal static class StayGen
{
    public static readonly string[] Entitlements = ["resident", "disabled-badge", "staff"];

    /// <param name="draw">Where the random values come from.</param>
    /// <param name="version">What will price it; it may have been entered at any time, since a version prices whatever it is given.</param>
    /// <param name="longest">In seconds; most stays are short.</param>
    public static ParkedStay Stay(Draw draw, TariffVersion version, long longest)
    {
        var lengths = Lengths(version);
        var entry = Anchor(draw, version) + Near(draw) - (draw.Chance(50) ? draw.OneOf<long>([.. lengths]) : 0);
        var isLong = draw.Chance(3);
        var exit = draw.Int(0, 99) switch
        {
            _ when isLong =>
                entry + draw.OneOf((draw.OneOf(7, 14) * 86_400) + Near(draw), (7 * 86_400) + draw.Long(0, 86_400), draw.Long(0, longest)),
            < 45 => entry + Enumerable.Range(0, draw.Int(1, 3)).Sum(_ => draw.OneOf<long>([.. lengths]) * draw.Int(1, draw.OneOf(1, 1, 5)))
                + Near(draw),
            < 65 => NextBoundary(draw, version, entry) + Near(draw),
            < 90 => entry + draw.Long(0, 1L << draw.Int(1, 18)),
            _ => entry + (draw.Int(1, 3) * 86_400) + Near(draw),
        };
        var mostly = draw.Chance(65) ? 86_400 : 3 * 86_400;
        var stay = new ParkedStay
        {
            EnteredAt = At(entry, draw),
            ExitedAt = At(Math.Clamp(exit, entry, entry + (isLong ? longest : mostly)), draw),
            VehicleClass =
                draw.OneOf(VehicleClass.Car, VehicleClass.Car, VehicleClass.Motorcycle, VehicleClass.Electric, VehicleClass.Coach),
            Entitlements = [.. draw.Some(0, Entitlements)],
            OccupancyPercent = draw.OneOf<int?>(null, 0, 29, 30, 79, 80, 100, 120),
            Validations = [.. draw.Some(0, [.. version.Validations, .. version.Validations]).Select(validation => validation.Id)],
        };

        // Within the second of the entry, the exit may have been drawn before it.
        stay = stay.ExitedAt < stay.EnteredAt ? stay with { ExitedAt = stay.EnteredAt } : stay;
        return stay with { Payments = draw.Chance(25) ? Payments(draw, version, stay) : [] };
    }

    private static ImmutableArray<Payment> Payments(Draw draw, TariffVersion version, ParkedStay stay)
    {
        var (entry, exit) = (stay.EnteredAt.ToUnixTimeSeconds(), stay.ExitedAt.ToUnixTimeSeconds());
        var grace = (long)version.ExitGrace.TotalSeconds;
        var payments = new List<Payment>();
        for (var more = draw.Int(1, 3); more > 0; more--)
        {
            var paidAt = draw.Chance(60)
                ? exit - draw.OneOf(grace, grace / 2, draw.Long(0, 1 + (2 * grace))) + Near(draw)
                : draw.Long(entry, exit);
            var instant = At(Math.Clamp(paidAt, entry + (entry < exit ? 1 : 0), exit), draw);
            instant = Instant.Min(Instant.Max(instant, stay.EnteredAt), stay.ExitedAt);
            var asItWas = version.Price(stay with { ExitedAt = instant });
            payments.Add(new(instant, Math.Max(1, draw.OneOf(asItWas, asItWas - 1, asItWas / 2, draw.Long(1, 5000)))));
        }

        return [.. payments.OrderBy(payment => payment.PaidAt)];
    }

    /// <summary>An instant where something may happen, in seconds since 1970.</summary>
    private static long Anchor(Draw draw, TariffVersion version)
    {
        var zone = version.Tariff.TimeZone;
        var years = draw.Chance(80) ? (2024, 2028) : draw.OneOf((1940, 1950), (1986, 1992), (2017, 2020));
        var (from, to) = (Instant.FromUtc(years.Item1, 1, 1, 0, 0), Instant.FromUtc(years.Item2, 1, 1, 0, 0));
        var changes = zone.GetZoneIntervals(from, to).Skip(1).Select(interval => interval.Start.ToUnixTimeSeconds()).ToArray();
        var any = draw.Long(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds() - 1);
        return draw.Int(0, 9) switch
        {
            < 4 when changes.Length > 0 => draw.OneOf(changes) - (draw.Chance(50) ? draw.Long(0, 90_000) : 0),
            < 7 => NextBoundary(draw, version, any),
            _ => any,
        };
    }

    /// <summary>When the clock shows a time that the version names, on the date of an instant or one of the days after.</summary>
    private static long NextBoundary(Draw draw, TariffVersion version, long second)
    {
        var times = Rates(version).SelectMany(ActiveTimes).SelectMany(time => new[] { time.StartTime, time.EndTime }).OfType<LocalTime>()
            .Append(LocalTime.Midnight);
        var date = Instant.FromUnixTimeSeconds(second).InZone(version.Tariff.TimeZone).Date.PlusDays(draw.OneOf(1, 1, 1, 2, 3));
        return date.At(draw.OneOf<LocalTime>([.. times.Distinct()])).InZoneLeniently(version.Tariff.TimeZone).ToInstant()
            .ToUnixTimeSeconds();
    }

    private static List<long> Lengths(TariffVersion version)
    {
        var lengths = new HashSet<Duration> { Duration.FromHours(24), Duration.FromMinutes(1), version.ExitGrace };
        lengths.UnionWith(version.Validations.Select(validation => validation.FreeTime ?? Duration.Zero));
        foreach (var rate in Rates(version))
        {
            lengths.UnionWith(
                [rate.EntryGrace, rate.FreeTime, rate.MaximumStay?.Duration ?? Duration.Zero, rate.Conditions?.MaxLength ?? Duration.Zero]);
            foreach (var line in rate.Bands.Select(band => band.Price).Append(rate.MaximumStay?.Overstay).OfType<BandPrice.Ladder>()
                .SelectMany(ladder => ladder.Lines))
            {
                lengths.UnionWith([line.DurationStart, line.DurationEnd ?? Duration.Zero, line.IncrementPeriod ?? Duration.Zero]);
            }
        }

        return [.. lengths.Select(length => (long)length.TotalSeconds).Distinct().Order()];
    }

    private static IEnumerable<Rate> Rates(TariffVersion version) => version.RateTables.SelectMany(table => table.Rates);

    private static IEnumerable<ActiveTime> ActiveTimes(Rate rate) =>
        rate.Bands.SelectMany(band => band.ActiveTimes)
            .Concat(rate.Conditions is { } conditions ? conditions.EntryTimes.Concat(conditions.ExitTimes) : []);

    private static long Near(Draw draw) => draw.OneOf(0, 0, 0, 1, -1, draw.Int(-70, 70));

    /// <summary>At or within a second.</summary>
    private static Instant At(long second, Draw draw) =>
        Instant.FromUnixTimeSeconds(second) + Duration.FromNanoseconds(draw.OneOf(0, 0, 0, 1, 500_000_000, 999_999_999));
}
