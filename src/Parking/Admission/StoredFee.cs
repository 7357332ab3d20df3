namespace Parking.Admission;

/// <summary>What is kept of a fee: as much as must never change. Its lines are made anew from the stay.</summary>
/// <param name="Total">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record StoredFee(long Total, string Currency);
