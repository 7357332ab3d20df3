using Parking.Api.Tests.Infrastructure;
using Parking.Tariffs;

namespace Parking.Api.Tests.Stays;

public sealed class RedisStayFees(SharedRedisServer shared) : StayFees
{
    private protected override async Task<ParkingApplication> StartAsync(Func<string, Tariff?> tariffOf) =>
        new(("Redis:Configuration", await shared.TakeDatabaseAsync())) { Replace = PricedCity.Use(tariffOf) };
}
