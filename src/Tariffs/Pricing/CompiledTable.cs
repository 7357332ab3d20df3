using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>A rate table compiled for the pricer.</summary>
internal sealed class CompiledTable(RateTable table, Tariff tariff)
{
    public RateTable Table => table;

    public CompiledRate[] Rates { get; } = [.. table.Rates.Select(rate => new CompiledRate(rate, tariff))];

    /// <summary>Whether the table is for this driver (rule 20).</summary>
    public bool IsFor(ParkedStay stay) =>
        (table.VehicleClasses.IsEmpty || table.VehicleClasses.Contains(stay.VehicleClass)) && (table.Entitlements.IsEmpty || HasOne(stay));

    private bool HasOne(ParkedStay stay)
    {
        foreach (var entitlement in stay.Entitlements)
        {
            if (table.Entitlements.Contains(entitlement))
            {
                return true;
            }
        }

        return false;
    }
}
