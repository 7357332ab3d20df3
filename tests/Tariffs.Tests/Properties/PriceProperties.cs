using Parking.Tariffs.Tests.Oracle;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What a stay costs.</summary>
public sealed class PriceProperties
{
    [Fact]
    public void Price_AnyTariffAndStay_IsWhatTheOracleSays() =>
        Cases.HoldFor(PricedCase.Walkable, one => Assert.Equal(NaiveOracle.Price(one.Version, one.Stay).Total, one.Version.Price(one.Stay)));
}
