using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parking.Facilities;
using Parking.Tariffs;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>The demo city with prices of the test's own.</summary>
internal static class PricedCity
{
    /// <summary>
    /// For <see cref="ParkingApplication.Replace"/>: each facility has the tariff that <paramref name="tariffOf"/> gives for its name.
    /// </summary>
    public static Action<IServiceCollection> Use(Func<string, Tariff?> tariffOf) => services =>
    {
        var demo = (CityDirectory)services.Single(service => service.ServiceType == typeof(CityDirectory)).ImplementationInstance!;
        var facilities = demo.Facilities.ToDictionary(
            facility => facility.Id, facility => facility with { Tariff = tariffOf(facility.Id.Value) });
        services.RemoveAll<CityDirectory>();
        services.AddSingleton(new CityDirectory(
            demo.Districts,
            demo.Facilities.Select(facility => facilities[facility.Id]),
            demo.Gates.Select(gate => gate with { Facility = facilities[gate.Facility.Id] })));
    };
}
