namespace Parking.Tariffs.Tests.Oracle;

/// <summary>Something owed: a part of a price.</summary>
/// <param name="Second">From which second on: its first.</param>
/// <param name="Where">What that second was.</param>
/// <param name="IsOverstay">Whether it is outside all caps.</param>
/// <param name="Value">The price of a flat rate, a step, or an increment period of exact time, in minor units.</param>
/// <param name="Part">How many seconds of it are owed; of a flat rate, 1.</param>
/// <param name="Of">How many seconds it has; of a flat rate, 1.</param>
internal readonly record struct OracleCharge(long Second, OracleSecond Where, bool IsOverstay, long Value, long Part, long Of);
