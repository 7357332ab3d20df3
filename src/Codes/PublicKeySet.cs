using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Parking.Codes;

/// <summary>
/// The keys of one use that verify codes, or certificates of devices, published by the service and kept by gates. Immutable, equal by
/// value, and ordered by key id, so that equal sets have equal bytes and a stable ETag.
/// </summary>
public sealed class PublicKeySet : IEquatable<PublicKeySet>
{
    private readonly ImmutableArray<VerificationKey> _keys;

    /// <summary>Creates a set of keys.</summary>
    /// <param name="keys">Keys with distinct ids, in any order; can be empty.</param>
    /// <param name="use">What they verify.</param>
    /// <exception cref="ArgumentException">Two keys have the same id.</exception>
    public PublicKeySet(IEnumerable<VerificationKey> keys, KeyUse use = KeyUse.Codes)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Use = use;
        _keys = [.. keys.OrderBy(key => key.Id.Value)];
        for (var i = 1; i < _keys.Length; i++)
        {
            if (_keys[i].Id == _keys[i - 1].Id)
            {
                throw new ArgumentException($"Two keys have the id {_keys[i].Id}.", nameof(keys));
            }
        }
    }

    /// <summary>What the keys verify.</summary>
    public KeyUse Use { get; }

    /// <summary>The keys, in the order of their ids.</summary>
    public IReadOnlyList<VerificationKey> Keys => _keys;

    /// <summary>Reads a JSON Web Key Set (RFC 7517).</summary>
    /// <param name="json">The document in UTF-8. Keys of another type, curve, algorithm or use, and unknown members, are skipped.</param>
    /// <param name="use">Which keys of it are read.</param>
    /// <returns>The ES256 verification keys of this use in it.</returns>
    /// <exception cref="FormatException">
    /// The document is not a JWK set, a key for ES256 is incomplete or invalid, or there is no such key. The message names the place.
    /// </exception>
    public static PublicKeySet FromJwks(ReadOnlySpan<byte> json, KeyUse use = KeyUse.Codes) => JwksFormat.Read(json, use);

    /// <summary>Reads a COSE_KeySet (RFC 9052, section 7).</summary>
    /// <param name="cbor">The document. Keys of another type, curve, algorithm or use, and unknown labels, are skipped.</param>
    /// <param name="use">Which keys of it are read.</param>
    /// <returns>The ES256 verification keys of this use in it.</returns>
    /// <exception cref="FormatException">
    /// The document is not a COSE_KeySet, a key for ES256 is incomplete or invalid, or there is no such key. The message names the place.
    /// </exception>
    public static PublicKeySet FromCoseKeySet(ReadOnlyMemory<byte> cbor, KeyUse use = KeyUse.Codes) => CoseKeySetFormat.Read(cbor, use);

    /// <summary>
    /// Writes a JSON Web Key Set (RFC 7517): media type <c>application/jwk-set+json</c>. Each key has <c>kty</c>, <c>crv</c>, <c>x</c>,
    /// <c>y</c>, <c>kid</c>, <c>alg</c> ES256 and <c>use</c> sig. The <c>kid</c> is the four bytes in a code's header as 8 lowercase
    /// hexadecimal digits. They begin the key's COSE thumbprint (RFC 9679), not its JWK thumbprint (RFC 7638), which hashes the same facts
    /// in another encoding. A certificate key has <c>urn:parking:signs</c> besides (see <see cref="KeyUse"/>).
    /// </summary>
    /// <returns>The document in UTF-8; equal sets give equal bytes.</returns>
    public byte[] ToJwks() => JwksFormat.Write(this);

    /// <summary>
    /// Writes a COSE_KeySet (RFC 9052, section 7): media type <c>application/cose-key-set</c>, deterministic CBOR. Each key has its type,
    /// id, algorithm, operation (verify), curve and coordinates. A certificate key has <c>urn:parking:signs</c> besides.
    /// </summary>
    /// <returns>The document; equal sets give equal bytes.</returns>
    public byte[] ToCoseKeySet() => CoseKeySetFormat.Write(this);

    /// <summary>Finds a key.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="key">The key, or null.</param>
    /// <returns>Whether it is in the set.</returns>
    public bool TryGet(KeyId id, [NotNullWhen(true)] out VerificationKey? key)
    {
        // A ring publishes two or three keys, so a linear search is faster than a hash table.
        foreach (var candidate in _keys)
        {
            if (candidate.Id == id)
            {
                key = candidate;
                return true;
            }
        }

        key = null;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(PublicKeySet? other) => other is not null && Use == other.Use && _keys.AsSpan().SequenceEqual(other._keys.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKeySet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Use);
        foreach (var key in _keys)
        {
            hash.Add(key);
        }

        return hash.ToHashCode();
    }
}

/// <summary>
/// What a key of the service signs. A key has one use for life; a signature of the other use is refused. In published sets a certificate
/// key has the member <c>urn:parking:signs</c> with the value <c>device-certificates</c>, and a code key has no such member.
/// </summary>
public enum KeyUse
{
    /// <summary>Codes, <c>SP1</c>.</summary>
    Codes = 1,

    /// <summary>Certificates of the devices that sign codes themselves, <c>SP2</c>.</summary>
    Certificates = 2,
}
