using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parking.DriverProxy;
using Parking.Optics.Programs;
using Parking.ScannerSim.Tests.LiveCity;

namespace Parking.ScannerSim.Tests.DriverProxy;

/// <summary>Which certificates phones can be served with, and what is said of the others.</summary>
public sealed class ServerCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_PemWithItsKeyInAnotherFile_CanBeServed()
    {
        using var made = TestCertificates.Create();
        var (certificate, key) = (Write("pc.pem", made.ExportCertificatePem()), Write("pc.key", TestCertificates.KeyOf(made)));

        using var loaded = Load(certificate, key);

        Assert.Equal(made.Thumbprint, loaded.Leaf.Thumbprint);
        Assert.True(loaded.Leaf.HasPrivateKey);
        Assert.Empty(loaded.Chain);
    }

    [Fact]
    public void Load_PemWithKeyAndIssuer_ServesTheIssuerToo()
    {
        using var made = TestCertificates.Create();
        var file = Write(
            "pc.pem",
            $"{TestCertificates.KeyOf(made)}\n{made.ExportCertificatePem()}\n{TestCertificates.Root.ExportCertificatePem()}\n");

        using var loaded = Load(file);

        Assert.Equal(made.Thumbprint, loaded.Leaf.Thumbprint);
        Assert.Equal(TestCertificates.Root.Thumbprint, Assert.Single(loaded.Chain).Thumbprint);
    }

    [Fact]
    public void Load_PfxWithIssuer_ServesTheIssuerToo()
    {
        using var made = TestCertificates.Create();
        var file = Path.Combine(_folder.FullPath, "pc.pfx");
        File.WriteAllBytes(file, new X509Certificate2Collection { TestCertificates.Root, made }.Export(X509ContentType.Pkcs12)!);

        using var loaded = Load(file);

        Assert.Equal(made.Thumbprint, loaded.Leaf.Thumbprint);
        Assert.Equal(TestCertificates.Root.Thumbprint, Assert.Single(loaded.Chain).Thumbprint);
    }

    [Fact]
    public void Load_PemWithoutAKey_SaysThatItHasNone()
    {
        using var made = TestCertificates.Create();
        var file = Write("pc.pem", made.ExportCertificatePem());

        Assert.Equal($"{file}: has no private key. Give the file that has it with --key.", FaultOf(file));
    }

    [Fact]
    public void Load_PemWithTheKeyOfAnother_SaysSo()
    {
        using var made = TestCertificates.Create();
        using var other = TestCertificates.Create();
        var (file, key) = (Write("pc.pem", made.ExportCertificatePem()), Write("other.key", TestCertificates.KeyOf(other)));

        Assert.StartsWith($"{file}: cannot be used with the key of {key}: ", FaultOf(file, key), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PemWithAKeyUnderAPassword_SaysHowToWriteItWithout()
    {
        using var made = TestCertificates.Create();
        using var key = made.GetECDsaPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000);
        var file = Write("pc.pem", made.ExportCertificatePem());
        var encrypted = Write("pc.key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters));

        Assert.StartsWith($"{encrypted}: the private key is encrypted.", FaultOf(file, encrypted), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PfxWithoutAKey_SaysThatItHasNone()
    {
        var file = Path.Combine(_folder.FullPath, "pc.pfx");
        File.WriteAllBytes(file, new X509Certificate2Collection(
            X509CertificateLoader.LoadCertificate(TestCertificates.Root.RawData)).Export(X509ContentType.Pkcs12)!);

        Assert.Equal($"{file}: has no private key. Export it together with the certificate.", FaultOf(file));
    }

    [Fact]
    public void Load_PfxWithAPassword_SaysThatItMayHaveNone()
    {
        using var made = TestCertificates.Create();
        var file = Path.Combine(_folder.FullPath, "pc.pfx");
        File.WriteAllBytes(file, made.Export(X509ContentType.Pkcs12, "secret"));

        Assert.StartsWith($"{file}: is neither PEM nor a PFX without a password: ", FaultOf(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, -1, "the certificate has expired: it was valid until ")]
    [InlineData(1, 30, "the certificate is valid only from ")]
    public void Load_NotValidNow_SaysSinceOrFromWhen(int from, int until, string fault)
    {
        using var made = TestCertificates.Create(from: from, until: until);
        var file = Write("pc.pem", $"{made.ExportCertificatePem()}\n{TestCertificates.KeyOf(made)}");

        Assert.StartsWith($"{file}: {fault}", FaultOf(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pc.local", "https://pc.local:8443", true)]
    [InlineData("pc.local", "https://other.local:8443", false)]
    [InlineData("192.168.1.20", "https://192.168.1.20:8443", true)]
    [InlineData("192.168.1.20", "https://192.168.1.21:8443", false)]
    [InlineData("*.home.arpa", "https://pc.home.arpa", true)]
    public void IsFor_AnAddress_IsWhetherItsHostIsNamed(string named, string address, bool isFor)
    {
        using var made = TestCertificates.Create(named);
        var file = Write("pc.pem", $"{made.ExportCertificatePem()}\n{TestCertificates.KeyOf(made)}");
        Assert.True(ListenAddress.TryParse(address, out var listen, out _));

        using var loaded = Load(file);

        Assert.Equal(isFor, loaded.IsFor(listen));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullPath, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static ServerCertificate Load(string path, string? key = null) => ServerCertificate.Load(path, key, QuietCity.TimeProvider);

    private static string FaultOf(string path, string? key = null) =>
        Assert.Throws<InvalidDataException>(() => Load(path, key)).Message;
}
