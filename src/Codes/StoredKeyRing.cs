namespace Parking.Codes;

/// <summary>
/// The stored form of a key ring. Every member is required, except the revocation of a key. New members need a new version.
/// </summary>
/// <remarks>A service without revocation refuses a ring with a revoked key and keeps its old ring: update all instances first.</remarks>
/// <param name="Version">The version of this form.</param>
/// <param name="Keys">The keys, in the order in which they sign. The JSON can contain nulls; reading refuses them.</param>
internal sealed record StoredKeyRing(int Version, IReadOnlyList<StoredKey?> Keys);
