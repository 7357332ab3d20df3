using CsCheck;
using NodaTime;
using Parking.Tariffs.Tests.Oracle;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What holds of every price, whatever the tariff and the stay.</summary>
public sealed class PriceProperties
{
    [Fact]
    public void PriceAndQuote_AnyStay_AreWhatTheOracleSays() =>
        PricedCase.Walkable.SampleCases(Depth.Prices, one =>
        {
            var answer = NaiveOracle.Price(one.Version, one.Stay);

            var quote = one.Version.Quote(one.Stay);

            Assert.Equal(answer.Total, one.Version.Price(one.Stay));
            Assert.Equal((answer.RateTable.Id, answer.Rate.Id, answer.Total), (quote.RateTable, quote.Rate, quote.Total));
        });

    [Fact]
    public void Price_StayOfAnyLength_IsAMultipleOfTheUnitAndChangesNotBeforeTheExit() =>
        PricedCase.OfAnyLength.SampleCases(Depth.Cases, one =>
        {
            var price = one.Version.Price(one.Stay);
            var next = one.Version.NextChange(one.Stay);

            Assert.True(price >= 0);
            Assert.Equal(0, price % one.Version.Rounding.Unit);
            Assert.True(next is null || next.LeaveBy.ToUnixTimeSeconds() >= one.Stay.ExitedAt.ToUnixTimeSeconds());
        });

    [Fact]
    public void Price_LaterExit_IsNeverCheaper() =>
        Gen.Select(PricedCase.OfAnyLength.Where(one => !DependsOnTheExit(one.Version)), Gen.Long[0, 200_000], Gen.Int[0, 17]).SampleCases(
            Depth.Cases,
            (one, later, bits) =>
            {
                var exit = one.Stay.ExitedAt + Duration.FromSeconds(later & ((1L << bits) - 1));
                exit = Instant.Min(exit, one.Stay.EnteredAt + ParkedStay.MaxLength);

                Assert.True(one.Version.Price(one.Stay) <= one.Version.Price(one.Stay with { ExitedAt = exit }));
            });

    [Fact]
    public void Price_AskedForAgainFromElsewhereAtTheSameTime_IsTheSame() =>
        Gen.Select(PricedCase.Walkable, Gen.Int[-840, 840]).SampleCases(Depth.Cases, (one, minutes) =>
        {
            var abroad = one.Stay with { EnteredAt = Abroad(one.Stay.EnteredAt), ExitedAt = Abroad(one.Stay.ExitedAt) };
            var prices = new long[3];

            Parallel.For(0, prices.Length, i => prices[i] = one.Version.Price(i == 1 ? abroad : one.Stay));

            Assert.All(prices, price => Assert.Equal(one.Version.Price(one.Stay), price));

            Instant Abroad(Instant instant) =>
                Instant.FromDateTimeOffset(
                    DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds()).ToOffset(TimeSpan.FromMinutes(minutes)));
        });

    [Fact]
    public void Price_EverythingTwiceAsDear_IsTwiceAsMuch() =>
        PricedCase.Walkable.SampleCases(Depth.Cases, one =>
        {
            var (cheap, dear) = (one.VersionAfter(Dearer.Capped), one.VersionAfter(Dearer.Doubled));
            var stay = one.Stay with { Payments = [.. one.Stay.Payments.Select(payment => payment with { Amount = 2 * payment.Amount })] };

            Assert.Equal(2 * cheap.Price(one.Stay), dear.Price(stay));
        });

    private static bool DependsOnTheExit(TariffVersion version) =>
        version.RateTables.SelectMany(table => table.Rates)
            .Any(rate => rate.Conditions is { MaxLength: not null } or { ExitTimes.IsEmpty: false });
}
