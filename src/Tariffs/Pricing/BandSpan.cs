namespace Parking.Tariffs.Pricing;

/// <summary>From this second of a day on, this band holds.</summary>
/// <param name="Start">Seconds since midnight, by the tariff's clock.</param>
/// <param name="Band">Its index in the rate.</param>
internal readonly record struct BandSpan(int Start, int Band);
