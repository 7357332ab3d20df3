using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What holds of every explained price.</summary>
public sealed class QuoteProperties
{
    private static readonly QuoteLineKind[] Charges =
        [QuoteLineKind.Flat, QuoteLineKind.Tier, QuoteLineKind.Increments, QuoteLineKind.ProRata, QuoteLineKind.PartOfStep];

    [Fact]
    public void Quote_AnyStay_AddsUpToThePrice() =>
        PricedCase.OfAnyLength.SampleCases(Depth.Cases, one =>
        {
            var quote = one.Version.Quote(one.Stay);

            Assert.Equal(one.Version.Price(one.Stay), quote.Total);
            Assert.Equal(quote.Total, quote.Lines.Sum(line => line.Amount));
            Assert.Equal(one.Stay.Payments.Sum(payment => payment.Amount), quote.Paid);
            Assert.Equal(Math.Max(0, quote.Total - quote.Paid), quote.Due);
            Assert.Equal((one.Version.Tariff.Id, one.Version.Number), (quote.Tariff, quote.Version));
        });

    [Fact]
    public void Quote_AnyLine_IsItsQuantityTimesItsPriceAndStandsInOrder() =>
        PricedCase.OfAnyLength.SampleCases(Depth.Cases, one =>
        {
            var lines = one.Version.Quote(one.Stay).Lines;
            var charges = lines.Where(line => Charges.Contains(line.Kind)).ToList();
            foreach (var line in charges)
            {
                var (quantity, price) = (line.Quantity!.Value, line.UnitPrice!.Value * (line.Percent ?? 100) / 100m);

                Assert.Equal((decimal.Round(quantity, 6), decimal.Round(line.Amount, 6)), (quantity, line.Amount));

                // Both are rounded to six decimals by themselves; whole quantities are exact.
                Assert.InRange(line.Amount - (quantity * price), -0.000_000_5m * (price + 1), 0.000_000_5m * (price + 1));
                Assert.True(!decimal.IsInteger(quantity) || line.Kind == QuoteLineKind.ProRata || line.Amount == quantity * price);
            }

            var limits = lines.Where(
                line => line.Kind is >= QuoteLineKind.BandCap and <= QuoteLineKind.Validation or QuoteLineKind.Rounding).ToList();

            Assert.All(charges, line => Assert.True(line.Amount >= 0 && line.From < line.To));
            Assert.Equal(charges.OrderBy(line => line.From), charges);
            Assert.All(limits, line => Assert.True(line.Kind switch
            {
                QuoteLineKind.MinimumCharge => line.Amount > 0,
                QuoteLineKind.Rounding => Math.Abs(line.Amount) < one.Version.Rounding.Unit,
                _ => line.Amount <= 0,
            }));
            Assert.Equal(limits.OrderBy(line => line.Kind), limits);
        });
}
