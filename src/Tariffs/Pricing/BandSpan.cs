namespace Parking.Tariffs.Pricing;

/// <summary>The start of a band on a day.</summary>
/// <param name="Start">Seconds since midnight, by the tariff's clock.</param>
/// <param name="Band">The band's index in the rate.</param>
internal readonly record struct BandSpan(int Start, int Band);
