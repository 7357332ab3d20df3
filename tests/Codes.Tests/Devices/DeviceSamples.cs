using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

/// <summary>A ring with a key of each use, a phone with a certificate, and its codes. Keys are random.</summary>
internal static class DeviceSamples
{
    public static readonly Instant Now = Samples.Now;
    public static readonly SealedHolder Holder = new(Samples.Holder, Samples.Vehicle) { Device = new(2) };
    public static readonly SigningKey CertificateKey = SigningKey.Create();
    public static readonly KeyRing Ring = KeyRing.Found(Samples.Key, Now - Duration.FromDays(1), certificateKey: CertificateKey);
    public static readonly CertificateIssuer Issuer = new(Ring);
    public static readonly SealingKeys Seals = Ring.SealingKeysAt(Now);
    public static readonly LocalCodeSigner Phone = LocalCodeSigner.Create();

    public static readonly DeviceCertificate Certificate = Issue(Phone);
    public static readonly DeviceCodeMinter Minter = new(Phone, Certificate);
    public static readonly CodeVerifier Verifier = VerifierOf(Ring);

    public static MintedCode Mint() => Minter.Mint(Now);

    public static DeviceCertificate Issue(ICodeSigner phone) =>
        Issuer.Issue(Holder, phone.PublicKey, Now, CertificateFormat.LongestLife);

    public static CodeVerifier VerifierOf(KeyRing ring) =>
        new(ring.PublishedAt(Now), ring.Policy.CodeLifetime, ring.PublishedCertificateKeysAt(Now));

    public static CodeCheck Verify(string text) => Verifier.Verify(text, Now);
}
