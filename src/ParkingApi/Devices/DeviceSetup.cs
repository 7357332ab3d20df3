using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Devices;

namespace Parking.Api.Devices;

/// <summary>Registers what devices need that make codes without a network.</summary>
internal static class DeviceSetup
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<IHolderDevices, DeviceCloser>()
        .AddSingleton<DeviceRegistry>()
        .AddSingleton(provider => new DeviceIds(provider.GetRequiredService<ServiceSecrets>().StayKey));
}
