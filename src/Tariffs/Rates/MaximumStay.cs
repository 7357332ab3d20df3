using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>The maximum stay, and the price of a longer one (rule 13).</summary>
/// <param name="Duration">The length from the entry, inclusive.</param>
/// <param name="Overstay">
/// The price of the time after it; null if the bands continue and the quote only says that the maximum was exceeded.
/// </param>
public sealed record MaximumStay(Duration Duration, BandPrice? Overstay);
