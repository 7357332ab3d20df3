using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Documents;

public class TariffReaderTests
{
    [Fact]
    public void Read_SimpleDocument_GivesItsFields()
    {
        var tariff = TestDocuments.Read(TestDocuments.Simple);

        Assert.Equal(("simple", "CNY", "Asia/Shanghai"), (tariff.Id, tariff.Currency, tariff.TimeZone.Id));
        Assert.Equal(new LocalizedText("简单", "Simple"), tariff.Name);
        Assert.Null(tariff.HolidayCalendar);
        var version = Assert.Single(tariff.Versions);
        Assert.Same(tariff, version.Tariff);
        Assert.Equal(new Rounding(100, RoundingMode.HalfUp), version.Rounding);
        var rate = Assert.Single(Assert.Single(version.RateTables).Rates);
        Assert.Equal(Duration.FromMinutes(15), rate.EntryGrace);
        Assert.Equal(new Cap(CapPer.CalendarDay, 8000), Assert.Single(rate.Caps));
        var ladder = Assert.IsType<BandPrice.Ladder>(Assert.Single(rate.Bands).Price);
        Assert.Equal(
            [
                new() { Kind = RateLineKind.Tier, Value = 1500, DurationStart = Duration.Zero, DurationEnd = Duration.FromHours(1) },
                new()
                {
                    Kind = RateLineKind.Increments,
                    Value = 1000,
                    DurationStart = Duration.FromHours(1),
                    IncrementPeriod = Duration.FromMinutes(30),
                },
            ],
            ladder.Lines);
    }

    [Fact]
    public void Read_DocumentWithEveryField_GivesThemAll()
    {
        var tariff = TestDocuments.Read(TestDocuments.Everything);

        Assert.Equal("Made up.", tariff.Note);
        Assert.Equal("TEST", tariff.HolidayCalendar?.Id);
        Assert.Equal([3, 7, 8], tariff.Versions.Select(version => version.Number));
        Assert.Equal(Instant.FromUtc(2025, 12, 31, 16, 0), tariff.Versions[0].ValidityEnd);
        Assert.Equal(tariff.Versions[0].ValidityEnd, tariff.Versions[1].ValidityStart);
        var version = tariff.Versions[1];
        Assert.Equal(Duration.FromMinutes(20), version.ExitGrace);
        Assert.Equal([new(0, 100), new(85, 150)], version.OccupancyFactors);
        Assert.Equal([null, 500, null], version.Validations.Select(validation => validation.AmountOff));
        var (electric, everyone) = (version.RateTables[0], version.RateTables[1]);
        Assert.Equal([VehicleClass.Electric, VehicleClass.Motorcycle], electric.VehicleClasses);
        Assert.Equal(["resident"], electric.Entitlements);
        Assert.Equal((LadderAtBandChange.Continues, StepAtBandChange.Split),
            (electric.Rates[0].LadderAtBandChange, electric.Rates[0].StepAtBandChange));
        Assert.Equal(RateChoice.Cheapest, everyone.Choose);
        var conditions = everyone.Rates[0].Conditions!;
        Assert.Equal(Duration.FromHours(18), conditions.MaxLength);
        Assert.Equal([DayName.Workday], Assert.Single(conditions.EntryTimes).Days);
        Assert.Equal(new LocalTime(23, 30), Assert.Single(conditions.ExitTimes).EndTime);
        var rate = everyone.Rates[1];
        Assert.Equal((200L, 8000L), (rate.MinValue, rate.Bands[0].MaxValue));
        Assert.Equal(new BandPrice.Flat(10000, FlatPer.CalendarDay), rate.MaximumStay!.Overstay);
        var seasons = tariff.Versions[2].RateTables[0].Rates[0].Bands;
        Assert.Equal(new AnnualDate(3, 31), seasons[0].ActiveTimes[0].Dates[0].EveryYearTo);
        Assert.Equal(new LocalDate(2027, 9, 10), seasons[1].ActiveTimes[0].Dates[0].To);
        Assert.Empty(seasons[2].ActiveTimes);
    }
}
