namespace Parking.Api.Stays;

/// <summary>One difference between two versions of a stay.</summary>
/// <param name="Member">The member of the stay; <c>fee</c> is its price in minor units.</param>
/// <param name="From">Its value before, as it was written; absent if there was none.</param>
/// <param name="To">Its value since.</param>
internal sealed record ChangeContract(string Member, string? From, string? To);
