namespace Parking.Tariffs.Quotes;

/// <summary>A rate of the table that a stay was priced by.</summary>
/// <param name="Rate">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unmet">The condition that does not hold; null if all do.</param>
/// <param name="Total">What the stay costs by it; null if it was not priced: a condition does not hold, or an earlier rate was the first.</param>
public sealed record ConsideredRate(string Rate, LocalizedText Name, UnmetCondition? Unmet, long? Total);
