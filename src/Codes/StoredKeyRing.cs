namespace Parking.Codes;

/// <summary>The stored form of a key ring. Every member is required, but for what says that a key is revoked; none may be added without a new version.</summary>
/// <remarks>A service from before keys could be revoked refuses a ring with a revoked key and goes on with what it has: give it the new version first.</remarks>
/// <param name="Version">The version of this form.</param>
/// <param name="Keys">The keys, in the order they sign in. The JSON may hold nulls; reading refuses them.</param>
internal sealed record StoredKeyRing(int Version, IReadOnlyList<StoredKey?> Keys);
