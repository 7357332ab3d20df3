using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parking.Tests;

/// <summary>Certificates of a private CA of this test run, as docs/demo-on-a-phone.md makes them.</summary>
internal static class TestCertificates
{
    private static readonly Lazy<X509Certificate2> Authority = new(CreateAuthority);

    /// <summary>The CA's own certificate, without its key.</summary>
    public static X509Certificate2 Root { get; } = X509CertificateLoader.LoadCertificate(Authority.Value.RawData);

#pragma warning disable RS0030 // Programs and browsers check certificates by this machine's clock.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
#pragma warning restore RS0030

    /// <summary>A certificate with its key.</summary>
    /// <param name="host">Whom it names: a name or an IP address.</param>
    /// <param name="from">How many days from now it begins.</param>
    /// <param name="until">How many days from now it ends.</param>
    public static X509Certificate2 Create(string host = "localhost", int from = -1, int until = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var now = Now;
        using var certificate = request.Create(Authority.Value, now.AddDays(from), now.AddDays(until), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The private key, in PEM.</summary>
    public static string KeyOf(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>The name by which chromium is told to trust a key: SHA-256 of the public key, in base64.</summary>
    public static string PinOf(X509Certificate2 certificate) =>
        Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    private static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Parking demo", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = Now;
        return request.CreateSelfSigned(now.AddDays(-400), now.AddDays(400));
    }
}
