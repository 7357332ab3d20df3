using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>How long one may stay, and what it costs to stay longer (rule 13).</summary>
/// <param name="Duration">From the entry; staying exactly this long is allowed.</param>
/// <param name="Overstay">What the time after it costs; null: the bands go on, and the quote says that the maximum was exceeded.</param>
public sealed record MaximumStay(Duration Duration, BandPrice? Overstay);
