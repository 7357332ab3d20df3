using Parking.Admission;

namespace Parking.Api.Inventories;

/// <summary>Registers the inventories that operators take.</summary>
internal static class InventorySetup
{
    public static void AddInventories(this IServiceCollection services)
    {
        services.AddSingleton<OperatorInventories>();
        services.AddSingleton<InventoryLook>();
    }
}
