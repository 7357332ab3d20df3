using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parking.DriverProxy;

/// <summary>The certificate by which phones know the proxy, with its key, and the certificates above it that the file has.</summary>
public sealed class ServerCertificate : IDisposable
{
    private const string PemMark = "-----BEGIN ", KeyMark = "PRIVATE KEY-----", SealedKeyMark = "ENCRYPTED PRIVATE KEY-----";

    private ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain) => (Leaf, Chain) = (leaf, chain);

    internal X509Certificate2 Leaf { get; }

    /// <summary>The issuers, for phones that know only the root. The root itself may be among them.</summary>
    internal X509Certificate2Collection Chain { get; }

    /// <summary>Reads a certificate that can be used now.</summary>
    /// <param name="path">A PFX file without a password, or PEM: the certificate first, then those above it.</param>
    /// <param name="keyPath">The file of the private key in PEM; null: it is in the same file.</param>
    /// <param name="time">Tells what is now.</param>
    /// <exception cref="InvalidDataException">It cannot be used. The message says why, and what would help.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ServerCertificate Load(string path, string? keyPath, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(time);
        var text = File.ReadAllText(path);
        var certificate = text.Contains(PemMark, StringComparison.Ordinal) ? LoadPem(path, text, keyPath) : LoadPfx(path, keyPath);
        var now = time.GetUtcNow().UtcDateTime;
        var (from, until) = (certificate.Leaf.NotBefore.ToUniversalTime(), certificate.Leaf.NotAfter.ToUniversalTime());
        if (now >= from && now <= until)
        {
            return certificate;
        }
        certificate.Dispose();
        throw new InvalidDataException(
            now > until
                ? $"{path}: the certificate has expired: it was valid until {Format(until)}. Issue a new one."
                : $"{path}: the certificate is valid only from {Format(from)} on.");
    }

    /// <summary>Whether it names the host of an address. If not, no phone trusts it there.</summary>
    public bool IsFor(ListenAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Leaf.MatchesHostname(address.Host, allowWildcards: true, allowCommonName: false);
    }

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var issuer in Chain)
        {
            issuer.Dispose();
        }
    }

    private static ServerCertificate LoadPem(string path, string text, string? keyPath)
    {
        var keyText = keyPath is null ? text : File.ReadAllText(keyPath);
        if (!keyText.Contains(KeyMark, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{keyPath ?? path}: has no private key. Give the file that has it with --key.");
        }
        if (keyText.Contains(SealedKeyMark, StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"{keyPath ?? path}: the private key is encrypted. Write it without a password: openssl pkey -in FILE -out NEW.");
        }
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
            using var first = X509Certificate2.CreateFromPem(text, keyText);
            var issuers = new X509Certificate2Collection(all.Skip(1).ToArray());

            // Windows cannot serve with a key that was never in a store or a PFX.
            return new(X509CertificateLoader.LoadPkcs12(first.Export(X509ContentType.Pkcs12), password: null), issuers);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: cannot be used with the key of {keyPath ?? "the same file"}: {error.Message}", error);
        }
    }

    private static ServerCertificate LoadPfx(string path, string? keyPath)
    {
        if (keyPath is not null)
        {
            throw new InvalidDataException($"{path}: is not PEM, and so --key does not go with it.");
        }
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password: null);
        }
        catch (CryptographicException error)
        {
            throw new InvalidDataException($"{path}: is neither PEM nor a PFX without a password: {error.Message}", error);
        }
        return all.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } leaf
            ? new(leaf, new X509Certificate2Collection(all.Where(certificate => certificate != leaf).ToArray()))
            : throw new InvalidDataException($"{path}: has no private key. Export it together with the certificate.");
    }

    private static string Format(DateTime utc) => utc.ToString("u", CultureInfo.InvariantCulture);
}
