using System.Security.Cryptography;

namespace Parking.Codes;

/// <summary>Signs with a private key in this process's memory. Thread-safe.</summary>
public sealed class LocalCodeSigner : ICodeSigner
{
    private readonly ECParameters _key;
    private readonly InstancePool<ECDsa> _signers;

    /// <summary>Creates a signer with a given key pair.</summary>
    /// <param name="key">A P-256 key pair with its private key; copied.</param>
    /// <exception cref="ArgumentException">
    /// The curve is not P-256, there is no private key, or the private key does not match the public key.
    /// </exception>
    public LocalCodeSigner(ECParameters key)
    {
        if (key.D is not { Length: VerificationKey.CoordinateSize } || key.Q.X is null || key.Q.Y is null)
        {
            throw new ArgumentException(
                $"A P-256 key pair has a private part of {VerificationKey.CoordinateSize} bytes and a public point.", nameof(key));
        }

        PublicKey = new VerificationKey(key.Q.X, key.Q.Y);
        _key = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = [.. key.Q.X], Y = [.. key.Q.Y] },
            D = [.. key.D],
        };
        _signers = new InstancePool<ECDsa>(() => ECDsa.Create(_key));
        RequireMatchingHalves(nameof(key));
    }

    /// <inheritdoc/>
    public VerificationKey PublicKey { get; }

    /// <summary>Creates a signer with a new random key pair.</summary>
    /// <returns>The signer.</returns>
    public static LocalCodeSigner Create()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new LocalCodeSigner(pair.ExportParameters(includePrivateParameters: true));
    }

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var signer = _signers.Rent();
        var written = signer.SignData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _signers.Return(signer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, written, nameof(signature));
    }

    /// <summary>The private key, to store the key ring.</summary>
    internal ReadOnlySpan<byte> ExportPrivateKey() => _key.D;

    // OpenSSL refuses a key pair that does not match; the libraries of other platforms may not.
    private void RequireMatchingHalves(string parameter)
    {
        Span<byte> signature = stackalloc byte[VerificationKey.SignatureSize];
        try
        {
            Sign(PublicKey.Thumbprint, signature);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("The private part is not a P-256 key of the public one.", parameter, e);
        }

        if (!PublicKey.Verify(PublicKey.Thumbprint, signature))
        {
            throw new ArgumentException("The private part is not a P-256 key of the public one.", parameter);
        }
    }
}
