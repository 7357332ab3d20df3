using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>The stays of one state, and what they cost together.</summary>
/// <param name="State">Which.</param>
/// <param name="Currency">ISO 4217 code; null for stays that have no fee.</param>
/// <param name="StaysExpected">How many there must be.</param>
/// <param name="StaysFound">How many the books have.</param>
/// <param name="FeesExpected">What they must cost, in the currency's minor unit.</param>
/// <param name="FeesFound">What they cost by the books.</param>
public sealed record MoneyRow(StayState State, string? Currency, int StaysExpected, int StaysFound, long FeesExpected, long FeesFound);
