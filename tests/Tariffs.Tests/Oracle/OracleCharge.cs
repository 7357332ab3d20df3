namespace Parking.Tariffs.Tests.Oracle;

/// <summary>Something owed.</summary>
/// <param name="Second">From which second on: its first.</param>
/// <param name="Where">What that second was.</param>
/// <param name="IsOverstay">Whether it is outside all caps.</param>
/// <param name="Amount">Minor units, with the occupancy factor.</param>
internal readonly record struct OracleCharge(long Second, OracleSecond Where, bool IsOverstay, Fraction Amount);
