using System.Buffers.Text;
using System.Security.Cryptography;
using Parking.Codes;

namespace Parking.Simulation.Phones;

/// <summary>A key pair of a phone of the simulator, which can be kept in a file. That of a real phone never leaves it.</summary>
internal sealed class PhoneKey : ICodeSigner
{
    private readonly LocalCodeSigner _signer;
    private readonly ECParameters _key;

    private PhoneKey(ECParameters key) => (_key, _signer) = (key, new LocalCodeSigner(key));

    public VerificationKey PublicKey => _signer.PublicKey;

    public static PhoneKey Create()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(pair.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>Reads what <see cref="Export"/> has written.</summary>
    /// <exception cref="FormatException">It is no key.</exception>
    public static PhoneKey Import(string text)
    {
        try
        {
            using var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(Base64Url.DecodeFromChars(text), out _);
            return new(pair.ExportParameters(includePrivateParameters: true));
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new FormatException("Not a key of a phone.", error);
        }
    }

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => _signer.Sign(data, signature);

    /// <summary>The private key: PKCS #8 in base64url. It is secret.</summary>
    public string Export()
    {
        using var pair = ECDsa.Create(_key);
        return Base64Url.EncodeToString(pair.ExportPkcs8PrivateKey());
    }
}
