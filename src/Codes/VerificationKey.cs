using System.Security.Cryptography;

namespace Parking.Codes;

/// <summary>
/// The public key of a signing key: a point on P-256, for ES256 (RFC 9053, section 2.1). Immutable, equal by value, and thread-safe.
/// </summary>
public sealed class VerificationKey : IEquatable<VerificationKey>
{
    /// <summary>The size of a coordinate in bytes.</summary>
    public const int CoordinateSize = 32;

    /// <summary>The size of an ES256 signature in bytes: r and s, concatenated.</summary>
    public const int SignatureSize = 64;

    private readonly byte[] _x;
    private readonly byte[] _y;
    private readonly byte[] _thumbprint;
    private readonly InstancePool<ECDsa> _verifiers;

    /// <summary>Creates a key from its coordinates.</summary>
    /// <param name="x">The x-coordinate: exactly 32 bytes, big-endian.</param>
    /// <param name="y">The y-coordinate: exactly 32 bytes, big-endian.</param>
    /// <exception cref="ArgumentException">A coordinate has another length, or the point is not on the curve.</exception>
    public VerificationKey(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != CoordinateSize || y.Length != CoordinateSize)
        {
            throw new ArgumentException($"A coordinate has {CoordinateSize} bytes.");
        }

        _x = x.ToArray();
        _y = y.ToArray();
        _thumbprint = SHA256.HashData(CoseKey.EncodeForThumbprint(_x, _y));
        Id = KeyId.FromBytes(_thumbprint);
        _verifiers = new InstancePool<ECDsa>(CreateVerifier);

        // Importing checks that the point lies on the curve, so Verify cannot fail later.
        try
        {
            _verifiers.Return(CreateVerifier());
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("The coordinates are no point of the curve P-256.", e);
        }
    }

    /// <summary>The key's id: the first four bytes of <see cref="Thumbprint"/>.</summary>
    public KeyId Id { get; }

    /// <summary>The x-coordinate: 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> X => _x;

    /// <summary>The y-coordinate: 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> Y => _y;

    /// <summary>
    /// The COSE Key SHA-256 thumbprint (RFC 9679): 32 bytes. It hashes the same four facts as the JWK thumbprint (RFC 7638), in CBOR
    /// instead of JSON, so the two differ.
    /// </summary>
    public ReadOnlySpan<byte> Thumbprint => _thumbprint;

    /// <summary>Verifies a signature: ECDSA with SHA-256.</summary>
    /// <param name="data">The signed data.</param>
    /// <param name="signature">r and s, concatenated. Any other length than 64 bytes is an invalid signature.</param>
    /// <returns>Whether the signature is valid. Both (r, s) and (r, n − s) are, as in the standard.</returns>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // The default format is r and s, concatenated; passing that format explicitly allocates 200 bytes more.
        var verifier = _verifiers.Rent();
        var fits = verifier.VerifyData(data, signature, HashAlgorithmName.SHA256);
        _verifiers.Return(verifier);
        return fits;
    }

    /// <inheritdoc/>
    public bool Equals(VerificationKey? other) => other is not null && X.SequenceEqual(other.X) && Y.SequenceEqual(other.Y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The key's id.</summary>
    /// <returns>8 lowercase hexadecimal digits.</returns>
    public override string ToString() => Id.ToString();

    /// <summary>Imports a point for verification. The caller disposes it.</summary>
    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    internal static ECDsa Import(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => ECDsa.Create(
        new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() } });

    private ECDsa CreateVerifier() => Import(_x, _y);
}
