using NodaTime;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Api.Stays;

/// <summary>Money that may not come in.</summary>
/// <param name="AsOf">When it was summed. Open stays count as if they ended then.</param>
/// <param name="Sums">By facility and state.</param>
/// <param name="Unreadable">Timelines that could not be read.</param>
internal sealed record RiskContract(Instant AsOf, IReadOnlyList<RiskSumContract> Sums, int Unreadable)
{
    public static RiskContract Example { get; } = new(
        Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        [new("hsp", StayState.Provisional, 3, 7500, "CNY", 0), new("hsp", StayState.Uncollectable, 2, 4000, "CNY", 1)],
        0);

    public static RiskContract Of(RiskSums risk) => new(risk.AsOf, [.. risk.Sums.Select(RiskSumContract.Of)], risk.Unreadable);
}

/// <summary>The stays of one facility in one state.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="State"><c>provisional</c>, <c>conflicting</c> or <c>uncollectable</c>.</param>
/// <param name="Stays">How many.</param>
/// <param name="Amount">What they come to at the most, in minor units.</param>
/// <param name="Currency">ISO 4217 code; absent where none of them has a price.</param>
/// <param name="Unpriced">How many of them have no price that could be told.</param>
internal sealed record RiskSumContract(string Facility, StayState State, int Stays, long Amount, string? Currency, int Unpriced)
{
    public static RiskSumContract Of(RiskSum sum) => new(sum.Facility.Value, sum.State, sum.Stays, sum.Amount, sum.Currency, sum.Unpriced);
}
