using Parking.Tariffs;

namespace Parking.Api.Tariffs;

/// <summary>A stay to be priced, as a line says it.</summary>
/// <param name="Stay">The stay; the version can price it.</param>
/// <param name="Version">The one in force at entry.</param>
internal sealed record StayLine(ParkedStay Stay, TariffVersion Version);
