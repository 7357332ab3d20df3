using System.Collections.Frozen;
using Parking.Api.Hosting;
using Parking.Facilities;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tariffs;

/// <summary>The documents of the city's tariffs, ready to be sent. They do not change while the service runs.</summary>
internal sealed class PublishedTariffs(CityDirectory city)
{
    private readonly FrozenDictionary<Tariff, PublishedContent> _documents =
        TariffSetup.TariffsOf(city).ToFrozenDictionary(tariff => tariff, tariff => new PublishedContent(TariffWriter.Write(tariff)));

    /// <summary>The document of a tariff of the city.</summary>
    public PublishedContent Of(Tariff tariff) => _documents[tariff];
}
