namespace Parking.Api.Gates;

/// <summary>What is kept of a fee: as much as must never change. Its lines are made anew from the stay.</summary>
/// <param name="Total">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
internal sealed record StoredFee(long Total, string Currency);
