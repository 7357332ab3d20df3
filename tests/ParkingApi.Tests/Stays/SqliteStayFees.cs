using Parking.Api.Tests.Infrastructure;
using Parking.Tariffs;

namespace Parking.Api.Tests.Stays;

public sealed class SqliteStayFees : StayFees
{
    private protected override Task<ParkingApplication> StartAsync(Func<string, Tariff?> tariffOf) =>
        Task.FromResult(new ParkingApplication { Replace = PricedCity.Use(tariffOf) });
}
