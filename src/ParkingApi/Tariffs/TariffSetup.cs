using Parking.Facilities;
using Parking.Tariffs;

namespace Parking.Api.Tariffs;

/// <summary>Registers tariffs as documents and as boards, and quotes.</summary>
internal static class TariffSetup
{
    public static void AddTariffs(this IServiceCollection services)
    {
        services.AddSingleton<PublishedTariffs>();
        services.AddSingleton<PricingTurns>();
        services.AddHostedService<CalendarWatch>();
    }

    public static void MapTariffs(this IEndpointRouteBuilder routes)
    {
        TariffEndpoints.Map(routes);
        QuoteEndpoints.Map(routes);
    }

    /// <summary>Each tariff of the city once, in the order of the facilities.</summary>
    public static IEnumerable<Tariff> TariffsOf(CityDirectory city) =>
        city.Facilities.Select(facility => facility.Tariff).OfType<Tariff>().Distinct();
}
