using System.Security.Cryptography;

namespace Parking.Codes;

/// <summary>The key that creates codes: a signer and its seal. The key id selects both.</summary>
public sealed class SigningKey
{
    /// <summary>Creates a key from its parts.</summary>
    /// <param name="signer">The signer: local or a device.</param>
    /// <param name="seal">The seal that encrypts the holder.</param>
    public SigningKey(ICodeSigner signer, CodeSeal seal)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(seal);
        Signer = signer;
        Seal = seal;
    }

    /// <summary>The key's id.</summary>
    public KeyId Id => PublicKey.Id;

    /// <summary>The public key.</summary>
    public VerificationKey PublicKey => Signer.PublicKey;

    /// <summary>The signer.</summary>
    public ICodeSigner Signer { get; }

    /// <summary>The seal that encrypts and decrypts the holder.</summary>
    public CodeSeal Seal { get; }

    /// <summary>Creates a random key in this process's memory.</summary>
    /// <returns>The key.</returns>
    public static SigningKey Create() => new(LocalCodeSigner.Create(), CodeSeal.Create());

    /// <summary>The key's id, and nothing secret.</summary>
    /// <returns>8 lowercase hexadecimal digits.</returns>
    public override string ToString() => Id.ToString();
}

/// <summary>
/// Signs codes with a private key that can be outside this process, for example in a hardware module. The format supports only ES256;
/// another algorithm (such as SM2) also needs an algorithm number and a verification key of its kind. Implementations must be thread-safe.
/// </summary>
public interface ICodeSigner
{
    /// <summary>The public key that verifies this signer's signatures.</summary>
    VerificationKey PublicKey { get; }

    /// <summary>Signs with ECDSA over P-256 with SHA-256. The signer computes the hash.</summary>
    /// <param name="data">The data to sign.</param>
    /// <param name="signature">Receives r and s, concatenated: exactly 64 bytes.</param>
    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);
}

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
