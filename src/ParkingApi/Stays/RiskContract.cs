using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Stays;

/// <summary>Money that may not come in.</summary>
/// <param name="AsOf">When it was summed. Open stays count as if they ended then.</param>
/// <param name="Sums">By facility and state.</param>
/// <param name="Unreadable">Timelines that could not be read.</param>
internal sealed record RiskContract(Instant AsOf, IReadOnlyList<RiskSumContract> Sums, int Unreadable);

/// <summary>The stays of one facility in one state.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="State"><c>provisional</c>, <c>conflicting</c> or <c>uncollectable</c>.</param>
/// <param name="Stays">How many.</param>
/// <param name="Amount">What they come to at the most, in minor units.</param>
/// <param name="Currency">ISO 4217 code; absent where none of them has a price.</param>
/// <param name="Unpriced">How many of them have no price that could be told.</param>
internal sealed record RiskSumContract(string Facility, StayState State, int Stays, long Amount, string? Currency, int Unpriced);
