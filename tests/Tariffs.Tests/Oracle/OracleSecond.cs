using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>A second of a stay, as a rate sees it.</summary>
/// <param name="Band">The band that holds.</param>
/// <param name="Occurrence">Which run of a band it is in the stay (rule 6).</param>
/// <param name="Date">The date that the tariff's clock shows, in days since 1970.</param>
internal readonly record struct OracleSecond(Band Band, int Occurrence, long Date);
