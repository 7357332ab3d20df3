using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>
/// Price boards as the oracle's own tests want to write them: durations in minutes, hours as <c>22:00</c>, instants as on a wall in
/// Shanghai.
/// </summary>
internal static class Board
{
    public static readonly HolidayCalendar Holidays = new(
        "test",
        "made up",
        new(new(2026, 1, 1), new(2026, 12, 31)),
        new Dictionary<LocalDate, LocalizedText>
        {
            [new(2026, 5, 1)] = new("劳动节", "Labour Day"),
            [new(2026, 5, 2)] = new("次日", "The day after"),
        },
        daysOff: [new(2026, 5, 4)],
        workedDays: [new(2026, 5, 9)]);

    /// <summary>¥15 the first hour, then ¥10 a started half hour.</summary>
    public static BandPrice.Ladder HourThenHalves { get; } = Ladder(Tier(1500, 0, 60), Steps(1000, 60, null, 30));

    public static Rate Rate(params ImmutableArray<Band> bands) => new() { Id = "standard", Name = new("标准", "Standard"), Bands = bands };

    /// <summary>Two bands from 08:00 to 20:00 and from 20:00 to 08:00.</summary>
    public static Rate DayAndNight(BandPrice day, BandPrice night, StepAtBandChange step = default, LadderAtBandChange ladder = default) =>
        Rate(Band("day", day, Hours("08:00", "20:00")), Band("night", night, Hours("20:00", "08:00"))) with
        {
            StepAtBandChange = step,
            LadderAtBandChange = ladder,
        };

    public static Band Band(string id, BandPrice price, params ImmutableArray<ActiveTime> times) =>
        new() { Id = id, Price = price, ActiveTimes = times };

    public static ActiveTime Hours(string start, string end, params ImmutableArray<DayName> days) =>
        new() { StartTime = Time(start), EndTime = end == "24:00" ? LocalTime.Midnight : Time(end), Days = days };

    public static ActiveTime Days(params ImmutableArray<DayName> days) => new() { Days = days };

    public static BandPrice.Flat Flat(long value, FlatPer per) => new(value, per);

    public static BandPrice.Ladder Ladder(params ImmutableArray<RateLine> lines) => new(lines);

    public static BandPrice.Ladder StepsOf(long value, int minutes) => Ladder(Steps(value, 0, null, minutes));

    public static RateLine Tier(long value, int from, int? to) => Line(RateLineKind.Tier, value, from, to, null);

    public static RateLine Steps(long value, int from, int? to, int period) => Line(RateLineKind.Increments, value, from, to, period);

    public static RateLine ProRata(long value, int from, int? to, int period) => Line(RateLineKind.ProRata, value, from, to, period);

    public static TariffVersion Version(params ImmutableArray<RateTable> tables) =>
        new() { Number = 1, Rounding = new(1, RoundingMode.HalfUp), RateTables = tables, Tariff = Of("Asia/Shanghai") };

    public static Tariff Of(string zone) => new()
    {
        Id = "board",
        Name = new("牌", "Board"),
        Currency = "CNY",
        TimeZone = DateTimeZoneProviders.Tzdb[zone],
        HolidayCalendar = Holidays,
        Versions = [],
    };

    public static RateTable Table(params ImmutableArray<Rate> rates) => new() { Id = "everyone", Rates = rates };

    /// <param name="entry">Like <c>2026-03-02 08:00:00</c> in Shanghai, or with an offset: <c>2026-03-29 01:30:00+01</c>.</param>
    /// <param name="exit">Likewise.</param>
    public static ParkedStay Stay(string entry, string exit) => new() { EnteredAt = At(entry), ExitedAt = At(exit) };

    public static Instant At(string text) =>
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss;FFFo<+HH>")
            .Parse(text.LastIndexOfAny(['+', '-']) > 10 ? text : text + "+08").Value.ToInstant();

    public static long Price(Rate rate, string entry, string exit, string zone = "Asia/Shanghai")
    {
        var version = Version(Table(rate));
        version.Tariff = Of(zone);
        return NaiveOracle.Price(version, Stay(entry, exit)).Total;
    }

    private static RateLine Line(RateLineKind kind, long value, int from, int? to, int? period) => new()
    {
        Kind = kind,
        Value = value,
        DurationStart = Duration.FromMinutes(from),
        DurationEnd = to is { } end ? Duration.FromMinutes(end) : null,
        IncrementPeriod = period is { } length ? Duration.FromMinutes(length) : null,
    };

    private static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;
}
