using Parking.Stays;
using Parking.Timelines;

namespace Parking.Api.Stays;

/// <summary>Maps details of stays to contracts. <see cref="StayDescription"/> maps a whole stay.</summary>
internal static class StayMapping
{
    public static Contracts.RiskAnswer ToContract(this RiskSums risk) => new(risk.AsOf, [.. risk.Sums.Select(ToContract)], risk.Unreadable);

    public static Contracts.RebuildAnswer ToContract(this RebuildResult result) =>
        new(result.Restored, result.GivenBack, result.Unreadable);

    public static Contracts.StayState ToContract(this StayState state) => (Contracts.StayState)(int)state;

    public static Contracts.StayEnding ToContract(this StayEnding ending) => (Contracts.StayEnding)(int)ending;

    /// <summary>The doubts one by one; null if there are none, or the stay in which they were is gone.</summary>
    public static IReadOnlyList<Contracts.StayDoubt>? ToContract(this StayDoubts doubts, StayState state) =>
        doubts == StayDoubts.None || state != StayState.Conflicting ? null
        : [.. Enum.GetValues<Contracts.StayDoubt>().Where(doubt => doubts.HasFlag((StayDoubts)(int)doubt))];

    private static Contracts.RiskSum ToContract(RiskSum sum) =>
        new(sum.Facility.Value, sum.State.ToContract(), sum.Stays, sum.Amount, sum.Currency, sum.Unpriced);
}
