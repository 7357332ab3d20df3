using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parking.BackOffice.Audit;

/// <summary>A key by which heads of the chain are signed (ECDSA on P-256, ES256), or only its public half.</summary>
public sealed class AuditKey : IDisposable
{
    private readonly ECDsa _key;

    private AuditKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false);
        if (point.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            key.Dispose();
            throw new FormatException("The key is not on the curve P-256.");
        }

        var (x, y) = (Base64Url.EncodeToString(point.Q.X), Base64Url.EncodeToString(point.Q.Y));
        var members = $"\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{x}\",\"y\":\"{y}\"";
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{{{members}}}")));
        Jwk = $"{{\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"{Id}\",{members}}}";
    }

    /// <summary>The thumbprint of its public half (RFC 7638).</summary>
    public string Id { get; }

    /// <summary>The public half as a JSON Web Key (RFC 7517).</summary>
    public string Jwk { get; }

    /// <summary>The public half as PEM.</summary>
    public string Pem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Reads the secret: the private key as DER, in PKCS#8 or as openssl genpkey writes it (RFC 5915), in base64.</summary>
    /// <exception cref="FormatException">It is no such key. The message does not quote it.</exception>
    public static AuditKey OfSecret(string secret)
    {
        return Read(Import);

        void Import(ECDsa key)
        {
            var der = Convert.FromBase64String(secret);
            try
            {
                key.ImportPkcs8PrivateKey(der, out _);
            }
            catch (CryptographicException)
            {
                key.ImportECPrivateKey(der, out _);
            }
        }
    }

    /// <summary>Reads a public key in PEM.</summary>
    /// <exception cref="FormatException">It is no such key.</exception>
    public static AuditKey OfPem(string pem) => Read(key => key.ImportFromPem(pem));

    /// <summary>A new secret, as <see cref="OfSecret"/> reads it.</summary>
    public static string CreateSecret()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    public void Dispose() => _key.Dispose();

    internal byte[] Sign(byte[] content) =>
        _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    internal bool Verifies(byte[] content, byte[] signature) =>
        _key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static AuditKey Read(Action<ECDsa> import)
    {
        var key = ECDsa.Create();
        try
        {
            import(key);
            return new(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException)
        {
            key.Dispose();
            throw new FormatException("It is no key of ECDSA on P-256.", e);
        }
    }
}
