using Microsoft.Extensions.Logging;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.Facilities;
using Parking.Stays;
using Parking.Tariffs;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

public sealed class StayPricingTests : IDisposable
{
    /// <summary>In force of <see cref="SampleTariffs.Changing"/>: 7 before, 9 from then on.</summary>
    private static readonly Instant Change = Instant.FromUtc(2026, 5, 5, 16, 0);

    private readonly CapturedLog _log = new();
    private readonly ILoggerFactory _logging;

    public StayPricingTests() => _logging = LoggerFactory.Create(builder => builder.AddProvider(_log));

    public void Dispose() => _logging.Dispose();

    [Fact]
    public void OpenStay_IsPricedAsIfItEndedNow()
    {
        var stay = Assert.Single(TimelineOf(Entry(0)).Stays);

        Assert.Equal((0, 1500, 2500), (TotalAt(stay, 15), TotalAt(stay, 60), TotalAt(stay, 65)));
        var change = Pricing(SampleTariffs.Stepped).NextChangeOf(stay, At(65))!;
        Assert.Equal((At(90), 3500), (change.LeaveBy, change.Total));
    }

    [Fact]
    public void EndedStay_IsPricedAtItsExitWheneverItIsAsked()
    {
        var stay = Assert.Single(TimelineOf(Entry(0), Exit(65 * 60)).Stays);

        Assert.Equal((2500, 2500, 2500), (TotalAt(stay, 0), TotalAt(stay, 65), TotalAt(stay, 500_000)));
        Assert.Null(Pricing(SampleTariffs.Stepped).NextChangeOf(stay, At(66)));
    }

    [Fact]
    public void StayOfWhichOneEndWasMissed_HasNoPrice()
    {
        var stays = TimelineOf(Exit(0), Entry(1), Entry(10_000, "museum")).Stays;

        Assert.Equal([StayEnding.MissedEntry, StayEnding.MissedExit], stays.Take(2).Select(stay => stay.Ending));
        Assert.All(stays.Take(2), stay => Assert.Null(Pricing(SampleTariffs.Stepped).QuoteOf(stay, At(1000))));
    }

    [Fact]
    public void StayWhereNothingHasAPrice_HasNone()
    {
        var stay = Assert.Single(TimelineOf(Entry(0)).Stays);

        Assert.Null(Pricing(null).QuoteOf(stay, At(60)));
        Assert.Null(Pricing(null).NextChangeOf(stay, At(60)));
        Assert.Null(new StayPricing(new([], [], []), Logger()).QuoteOf(stay, At(60)));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void StayEnteredBeforeTermsWereRecorded_IsACarsByTheVersionInForceThen()
    {
        var (before, after) = (Open(Change - Duration.FromHours(1), null), Open(Change, null));

        Assert.Equal((7, "everyone", 4000), Key(SampleTariffs.Changing, before, Change + Duration.FromHours(3)));
        Assert.Equal((9, "everyone", 3000), Key(SampleTariffs.Changing, after, Change + Duration.FromHours(3)));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(VehicleClass.Car, "", "everyone", 1000)]
    [InlineData(VehicleClass.Motorcycle, "", "motorcycles", 100)]
    [InlineData(VehicleClass.Motorcycle, "resident", "residents", 200)]
    [InlineData(VehicleClass.Car, "vip", "everyone", 1000)]
    public void Terms_DecideWhichTableFits(VehicleClass kind, string entitlements, string table, long total)
    {
        var entered = Change - Duration.FromHours(5);

        Assert.Equal(
            (7, table, total),
            Key(SampleTariffs.Changing, Open(entered, new(7, kind, 0, Entitlements.Of(entitlements))), entered + Duration.FromHours(1)));
    }

    [Theory]
    [InlineData(49, 600)]
    [InlineData(50, 900)]
    [InlineData(90, 1200)]
    [InlineData(250, 1200)]
    public void Terms_OccupancyAtEntry_DecidesTheFactor(int percent, long total)
    {
        var noon = Instant.FromUtc(2026, 5, 4, 4, 0);

        Assert.Equal(
            (4, "everyone", total),
            Key(SampleTariffs.Busy, Open(noon, new(4, VehicleClass.Car, percent, Entitlements.None)), noon + Duration.FromHours(1)));
    }

    [Fact]
    public void Terms_OfARecordedVersion_HoldWhateverIsInForce()
    {
        // Recorded as an instance with another clock saw it.
        var stay = Open(Change, new(7, VehicleClass.Car, 0, Entitlements.None));

        Assert.Equal((7, "everyone", 2000), Key(SampleTariffs.Changing, stay, Change + Duration.FromHours(2)));
    }

    [Fact]
    public void Terms_OfAVersionThatTheFileNoLongerHas_FallBackAndSaySoOnce()
    {
        var stay = Open(Change, new(8, VehicleClass.Car, 0, Entitlements.None));
        var pricing = Pricing(SampleTariffs.Changing);

        Assert.Equal(9, pricing.QuoteOf(stay, Change + Duration.FromHours(1))!.Version);
        Assert.Equal(9, pricing.QuoteOf(stay, Change + Duration.FromHours(2))!.Version);
        Assert.Single(_log.Lines, line => line.Contains("no longer has", StringComparison.Ordinal));
    }

    [Fact]
    public void OpenStay_WhoseEntryIsAheadOfTheClock_IsPricedFromItsEntry() =>
        Assert.Equal(0, TotalAt(Assert.Single(TimelineOf(Entry(30)).Stays), 0));

    [Fact]
    public void Stay_LongerThanIsPlausible_CostsWhatTheLongestPlausibleOneDoes()
    {
        var stay = Assert.Single(TimelineOf(Entry(0)).Stays);
        var longest = Pricing(SampleTariffs.Stepped).QuoteOf(stay, Start + Facility.DefaultLongestStay)!;

        Assert.Equal(longest.Total, Pricing(SampleTariffs.Stepped).QuoteOf(stay, Start + Duration.FromDays(60))!.Total);
        Assert.Equal(longest.Total, Pricing(SampleTariffs.Stepped).TotalsOf(stay, Start + Duration.FromDays(60))!.Total);
        Assert.Null(Pricing(SampleTariffs.Stepped).NextChangeOf(stay, Start + Facility.DefaultLongestStay));
        Assert.True(Pricing(SampleTariffs.Stepped).MostOf(stay, Start + Duration.FromDays(60))!.Total > 10 * longest.Total);
    }

    [Fact]
    public void Stay_LongerThanCanBePriced_HasNoPriceAndIsNoError()
    {
        var stay = Assert.Single(TimelineOf(Entry(0)).Stays);

        Assert.NotNull(Pricing(SampleTariffs.Stepped).MostOf(stay, Start + ParkedStay.MaxLength));
        Assert.Null(Pricing(SampleTariffs.Stepped).MostOf(stay, Start + ParkedStay.MaxLength + Duration.FromMilliseconds(1)));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Stay_ThatTheTariffsCannotPrice_HasNoPriceAndIsLogged()
    {
        // Beyond the years that tariffs are for: whatever fails in pricing, a barrier must still open.
        var stay = Open(Instant.FromUtc(2300, 1, 1, 0, 0), null);

        Assert.Null(Pricing(SampleTariffs.Stepped).QuoteOf(stay, Instant.FromUtc(2300, 1, 1, 2, 0)));
        Assert.Contains("could not be priced", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    private long TotalAt(Stay stay, int minutes) => Pricing(SampleTariffs.Stepped).QuoteOf(stay, At(minutes))!.Total;

    private (int Version, string Table, long Total) Key(Tariff tariff, Stay stay, Instant now) =>
        Pricing(tariff).QuoteOf(stay, now) is { } quote ? (quote.Version, quote.RateTable, quote.Total) : default;

    private static Instant At(int minutes) => Start + Duration.FromMinutes(minutes);

    private static Stay Open(Instant enteredAt, EntryTerms? terms) => new()
    {
        Id = new(new("harbour-in"), new(7), 1),
        Facility = new("harbour"),
        Vehicle = default,
        EnteredAt = enteredAt,
        Terms = terms,
    };

    private StayPricing Pricing(Tariff? tariff) => new(
        new(
            [],
            [
                new()
                {
                    Id = new("harbour"),
                    District = new("north"),
                    Name = new("港口", "Harbour"),
                    Capacity = 10,
                    EnforcesCapacity = true,
                    MissedEntry = MissedEntryPolicy.Open,
                    TimeZone = DateTimeZone.Utc,
                    Tariff = tariff,
                },
            ],
            []),
        Logger());

    private ILogger<StayPricing> Logger() => _logging.CreateLogger<StayPricing>();
}
