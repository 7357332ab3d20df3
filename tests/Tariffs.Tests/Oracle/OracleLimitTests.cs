using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Rates;
using static Parking.Tariffs.Tests.Oracle.Board;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>The oracle against sums done by hand: rules 15 to 18.</summary>
public sealed class OracleLimitTests
{
    private static readonly Rate TenAnHour = Rate(Band("any", StepsOf(10, 60)));

    private static readonly ImmutableArray<Validation> Given =
    [
        new() { Id = "hour", Name = new("一小时", "Hour"), FreeTime = Duration.FromHours(1), Stackable = true },
        new() { Id = "small-hour", Name = new("一小时", "Hour"), FreeTime = Duration.FromHours(1), Stackable = true, MaxValue = 4 },
        new() { Id = "half", Name = new("半价", "Half"), PercentOff = 50, Stackable = true, MinValue = 20 },
        new() { Id = "fifteen", Name = new("十五", "Fifteen"), AmountOff = 15, Stackable = true },
        new() { Id = "last-hour", Name = new("一小时", "Hour"), FreeTime = Duration.FromHours(1), Stackable = true },
        new() { Id = "most", Name = new("大部分", "Most"), PercentOff = 90, Stackable = false },
        new() { Id = "much", Name = new("很多", "Much"), AmountOff = 1000, Stackable = false, MinValue = 30 },
    ];

    [Fact]
    public void Price_BandCap_LimitsEachOccurrence() =>
        // Monday 20:00 to Wednesday 08:00: two nights of 25, and a day of 12 hours between them.
        Assert.Equal(
            25 + 120 + 25,
            Price(
                Rate(
                    Band("day", StepsOf(10, 60), Hours("08:00", "20:00")),
                    Band("night", StepsOf(10, 60), Hours("20:00", "08:00")) with { MaxValue = 25 }),
                "2026-03-02 20:00:00",
                "2026-03-04 08:00:00"));

    [Theory]
    [InlineData(CapPer.CalendarDay, 35 + 20)] // 20:30 to 23:30: four begun; then 00:30 and 01:30
    [InlineData(CapPer.Rolling24Hours, 35)]
    [InlineData(CapPer.Stay, 35)]
    public void Price_Cap_TakesEachStepIntoTheWindowOfItsFirstSecond(CapPer per, long expected) =>
        Assert.Equal(expected, Price(TenAnHour with { Caps = [new(per, 35)] }, "2026-03-02 20:30:00", "2026-03-03 02:30:00"));

    [Theory]
    [InlineData(CapPer.CalendarDay, 35 * 9)] // the 2nd to the 10th
    [InlineData(CapPer.Rolling24Hours, 35 * 8)]
    [InlineData(CapPer.Rolling7Days, 35 + 35)]
    [InlineData(CapPer.Stay, 35)]
    public void Price_LongStay_FillsEveryWindow(CapPer per, long expected) =>
        Assert.Equal(expected, Price(TenAnHour with { Caps = [new(per, 35)] }, "2026-03-02 20:30:00", "2026-03-10 20:30:00"));

    [Fact]
    public void Price_SeveralCaps_EachCutsWhatTheOneBeforeLeft() =>
        // The days leave 30 each, 90; the 24 hours from the entry leave 40 each; two of them, and 10 of the third day are in the second.
        Assert.Equal(
            70,
            Price(TenAnHour with { Caps = [new(CapPer.Rolling24Hours, 40), new(CapPer.CalendarDay, 30)] }, "2026-03-02 21:00:00",
                "2026-03-04 12:00:00"));

    [Fact]
    public void Price_Overstay_IsOutsideAllCaps() =>
        Assert.Equal(
            5 + 20,
            Price(
                TenAnHour with { Caps = [new(CapPer.Stay, 5)], MaximumStay = new(Duration.FromHours(3), StepsOf(10, 60)) },
                "2026-03-02 08:00:00",
                "2026-03-02 13:00:00"));

    [Fact]
    public void Price_ProRataUnderACap_PutsEachSecondIntoItsOwnWindow() =>
        // Half an hour before midnight costs 5 of at most 4, half an hour after it 5 of at most 4.
        Assert.Equal(
            8,
            Price(
                Rate(Band("any", Ladder(ProRata(10, 0, null, 60)))) with { Caps = [new(CapPer.CalendarDay, 4)] },
                "2026-03-02 23:30:00",
                "2026-03-03 00:30:00"));

    [Theory]
    [InlineData("2026-03-02 08:15:00", 0)]
    [InlineData("2026-03-02 08:30:00", 25)]
    [InlineData("2026-03-02 11:15:00", 30)]
    public void Price_MinimumCharge_AppliesWhereAnythingIsOwed(string exit, long expected) =>
        Assert.Equal(expected, Price(TenAnHour with { MinValue = 25, FreeTime = Duration.FromMinutes(15) }, "2026-03-02 08:00:00", exit));

    // Six hours: 60.
    [Theory]
    [InlineData("", 60)]
    [InlineData("hour", 50)]
    [InlineData("hour hour", 50)]
    [InlineData("hour small-hour", 46)]
    [InlineData("small-hour last-hour", 40)] // 4 of the first hour's 10, then what two free hours cost less than that
    [InlineData("fifteen half", 15)] // percentages before amounts
    [InlineData("hour half fifteen", 10)]
    [InlineData("half hour hour hour fifteen", 10)]
    [InlineData("most", 6)]
    [InlineData("much", 30)]
    [InlineData("most much", 6)] // one or the other
    [InlineData("most hour", 6)] // or what is stackable
    [InlineData("much hour half fifteen", 10)]
    public void Price_Validations_TakeOffWhatIsOwedByThen(string shown, long expected)
    {
        var version = WithRounding(new(1, RoundingMode.HalfUp), TenAnHour);
        var stay = Stay("2026-03-02 08:00:00", "2026-03-02 14:00:00") with
        {
            Validations = [.. shown.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        };

        Assert.Equal(expected, NaiveOracle.Price(version, stay).Total);
    }

    [Fact]
    public void Price_FreeMinutesBeforeACappedDay_SaveWhatPricingAgainSaves() =>
        // Capped at 30 with and without: the free hour saves nothing.
        Assert.Equal(
            30,
            NaiveOracle.Price(
                WithRounding(new(1, RoundingMode.HalfUp), TenAnHour with { Caps = [new(CapPer.Stay, 30)] }),
                Stay("2026-03-02 08:00:00", "2026-03-02 14:00:00") with { Validations = ["hour"] }).Total);

    [Theory]
    [InlineData(RoundingMode.Up, 1, 50)]
    [InlineData(RoundingMode.Down, 49, 0)]
    [InlineData(RoundingMode.HalfUp, 24, 0)]
    [InlineData(RoundingMode.HalfUp, 25, 50)]
    [InlineData(RoundingMode.HalfEven, 25, 0)]
    [InlineData(RoundingMode.HalfEven, 26, 50)]
    [InlineData(RoundingMode.HalfEven, 75, 100)]
    [InlineData(RoundingMode.Up, 100, 100)]
    public void Price_Rounding_TakesTheNeighbourOfItsMode(RoundingMode mode, long exact, long expected) =>
        Assert.Equal(
            expected,
            NaiveOracle.Price(
                WithRounding(new(50, mode), Rate(Band("any", Flat(exact, FlatPer.Stay)))),
                Stay("2026-03-02 08:00:00", "2026-03-02 09:00:00")).Total);

    private static TariffVersion WithRounding(Rounding rounding, Rate rate) =>
        new() { Number = 1, Rounding = rounding, RateTables = [Table(rate)], Validations = Given, Tariff = Of("Asia/Shanghai") };
}
