namespace Parking.Tariffs.Quotes;

/// <summary>A rate of the table that was used for a stay.</summary>
/// <param name="Rate">The rate's id.</param>
/// <param name="Name">The rate's name.</param>
/// <param name="Unmet">The condition that is not met; null if all are met.</param>
/// <param name="Total">The price by this rate; null if it was not computed: a condition is not met, or an earlier rate was chosen.</param>
public sealed record ConsideredRate(string Rate, LocalizedText Name, UnmetCondition? Unmet, long? Total);
