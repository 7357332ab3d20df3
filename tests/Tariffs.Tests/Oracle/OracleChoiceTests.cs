using NodaTime;
using Parking.Tariffs.Rates;
using static Parking.Tariffs.Tests.Oracle.Board;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>The oracle against sums done by hand: rules 20 to 22.</summary>
public sealed class OracleChoiceTests
{
    private static readonly Rate TenAnHour = Rate(Band("any", StepsOf(10, 60)));

    /// <summary>35 in the evening: in from 17:00 until before 20:00, out from 18:00 until 23:30.</summary>
    private static readonly Rate Evening = Rate(Band("any", Flat(35, FlatPer.Stay))) with
    {
        Id = "evening",
        Conditions = new()
        {
            EntryTimes = [Hours("17:00", "20:00")],
            ExitTimes = [Hours("18:00", "23:30")],
            MaxLength = Duration.FromHours(6),
        },
    };

    [Theory]
    [InlineData(VehicleClass.Motorcycle, "", "motorcycles")]
    [InlineData(VehicleClass.Car, "resident", "residents")]
    [InlineData(VehicleClass.Coach, "resident", "everyone")]
    [InlineData(VehicleClass.Car, "doctor", "everyone")]
    [InlineData(VehicleClass.Motorcycle, "resident", "motorcycles")]
    public void Price_Driver_IsPricedByTheFirstTableThatFits(VehicleClass vehicle, string entitlement, string expected)
    {
        var version = Version(
            Table(TenAnHour) with { Id = "motorcycles", VehicleClasses = [VehicleClass.Motorcycle] },
            Table(TenAnHour) with
            {
                Id = "residents",
                VehicleClasses = [VehicleClass.Car, VehicleClass.Electric],
                Entitlements = ["resident", "disabled-badge"]
            },
            Table(TenAnHour));
        var stay = Stay("2026-03-02 08:00:00", "2026-03-02 09:00:00") with { VehicleClass = vehicle, Entitlements = [entitlement] };

        Assert.Equal(expected, NaiveOracle.Price(version, stay).RateTable.Id);
    }

    [Theory]
    [InlineData("2026-03-02 17:00:00", "2026-03-02 22:00:00", 35)]
    [InlineData("2026-03-02 16:59:59", "2026-03-02 22:00:00", 60)]
    [InlineData("2026-03-02 19:59:59", "2026-03-02 23:30:00", 35)]
    [InlineData("2026-03-02 20:00:00", "2026-03-02 23:30:00", 40)] // the end of an entry time is exclusive
    [InlineData("2026-03-02 19:00:00", "2026-03-02 23:30:01", 50)]
    [InlineData("2026-03-02 17:00:00", "2026-03-02 18:00:00", 35)] // the first, though not the cheapest
    [InlineData("2026-03-02 17:30:00", "2026-03-02 23:30:00", 35)]
    [InlineData("2026-03-02 17:29:59", "2026-03-02 23:30:00", 70)] // longer than six hours
    public void Price_Conditions_ChooseTheFirstRateThatHolds(string entry, string exit, long expected) =>
        Assert.Equal(expected, NaiveOracle.Price(Version(Table(Evening, TenAnHour)), Stay(entry, exit)).Total);

    [Theory]
    [InlineData("2026-03-02 20:00:00", 30, "standard")]
    [InlineData("2026-03-02 21:00:00", 35, "evening")]
    public void Price_Cheapest_TakesTheLowestTotal(string exit, long expected, string rate)
    {
        var answer =
            NaiveOracle.Price(Version(Table(Evening, TenAnHour) with { Choose = RateChoice.Cheapest }), Stay("2026-03-02 17:00:00", exit));

        Assert.Equal((expected, rate), (answer.Total, answer.Rate.Id));
    }

    [Theory]
    [InlineData("2026-03-08 00:00:00", 1)] // Saturday until 24:00, inclusive
    [InlineData("2026-03-08 00:00:01", 20)]
    [InlineData("2026-03-07 23:59:59", 1)]
    public void Price_ExitTimeOfAWholeDay_EndsWithItsMidnightInclusive(string exit, long expected)
    {
        var saturday = Rate(Band("any", Flat(1, FlatPer.Stay))) with
        {
            Conditions = new() { ExitTimes = [Days(DayName.Sat)], MaxLength = Duration.FromHours(6) },
        };

        Assert.Equal(expected, NaiveOracle.Price(Version(Table(saturday, TenAnHour)), Stay("2026-03-07 22:30:00", exit)).Total);
    }

    [Theory]
    [InlineData("2026-03-29 03:00:00+02", 1)] // half past two is passed at the skip
    [InlineData("2026-03-29 03:00:01+02", 20)]
    public void Price_ExitTimeThatEndsInASkippedHour_EndsAtTheSkip(string exit, long expected)
    {
        var byHalfPastTwo = Rate(Band("any", Flat(1, FlatPer.Stay))) with
        {
            Conditions = new() { ExitTimes = [Hours("00:00", "02:30")], MaxLength = Duration.FromHours(6) },
        };
        var version = Version(Table(byHalfPastTwo, TenAnHour));
        version.Tariff = Of("Europe/Berlin");

        Assert.Equal(expected, NaiveOracle.Price(version, Stay("2026-03-29 00:45:00+01", exit)).Total);
    }

    // 10:30 is three hours begun.
    [Theory]
    [InlineData("2026-03-02 10:30:00", 30, "2026-03-02 11:15:01", 40)] // later than the grace
    [InlineData("2026-03-02 10:50:00", 30, "2026-03-02 11:05:00", 30)]
    [InlineData("2026-03-02 10:50:00", 30, "2026-03-02 11:05:01", 40)]
    [InlineData("2026-03-02 10:50:00", 29, "2026-03-02 11:05:00", 40)] // does not cover it
    public void Price_ExitGrace_LeavesThePriceAsItWasPaid(string paidAt, long amount, string exit, long expected)
    {
        var version = WithExitGrace();
        var stay = Stay("2026-03-02 08:00:00", exit) with { Payments = [new(At(paidAt), amount)] };

        Assert.Equal(expected, NaiveOracle.Price(version, stay).Total);
    }

    [Theory]
    [InlineData("2026-03-02 10:50:00", "2026-03-02 10:55:00", 30)]
    [InlineData("2026-03-02 10:50:00", "2026-03-02 11:01:00", 40)] // covers the total before it, not the one by then
    public void Price_ExitGraceOfTwoPayments_CountsThemTogether(string first, string second, long expected)
    {
        var stay = Stay("2026-03-02 08:00:00", "2026-03-02 11:02:00") with { Payments = [new(At(first), 10), new(At(second), 20)] };

        Assert.Equal(expected, NaiveOracle.Price(WithExitGrace(), stay).Total);
    }

    private static TariffVersion WithExitGrace() => new()
    {
        Number = 1,
        Rounding = new(1, RoundingMode.HalfUp),
        ExitGrace = Duration.FromMinutes(15),
        RateTables = [Table(TenAnHour)],
        Tariff = Of("Asia/Shanghai"),
    };
}
