namespace Parking.Codes;

/// <summary>The stored form of a key ring. Every member is required and none may be added without a new version.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Keys">The keys, in the order they sign in. The JSON may hold nulls; reading refuses them.</param>
internal sealed record StoredKeyRing(int Version, IReadOnlyList<StoredKey?> Keys);
