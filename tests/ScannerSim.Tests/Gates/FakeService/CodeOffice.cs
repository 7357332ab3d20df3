using NodaTime;
using Parking.Codes;
using Parking.Codes.Devices;

namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>Mints real codes, and certifies real devices, with a valid key, a revoked key and an unknown key of each use.</summary>
internal sealed class CodeOffice
{
    private readonly KeyRing _good, _revoked, _unknown;
    private readonly Instant _founded;
    private ulong _holders;

    private CodeOffice(Instant founded)
    {
        _founded = founded;
        (_good, _revoked, _unknown) = (Found(), Found(), Found());

        KeyRing Found() => KeyRing.Found(SigningKey.Create(), founded, certificateKey: SigningKey.Create());
    }

    /// <summary>The keys in the feed. The revoked key is among them, because a gate may still have an older list.</summary>
    public PublicKeySet Listed =>
        new(_good.PublishedAt(_founded).Keys.Concat(_revoked.PublishedAt(_founded).Keys));

    /// <summary>As <see cref="Listed"/>, of certificates.</summary>
    public PublicKeySet ListedForCertificates => new(
        _good.PublishedCertificateKeysAt(_founded).Keys.Concat(_revoked.PublishedCertificateKeysAt(_founded).Keys), KeyUse.Certificates);

    public IReadOnlyList<string> RevokedKeys =>
    [
        $"{_revoked.PublishedAt(_founded).Keys[0].Id}", $"{_revoked.PublishedCertificateKeysAt(_founded).Keys[0].Id}",
    ];

    /// <summary>Verifies as the service does.</summary>
    public CodeVerifier Verifier =>
        new(_good.PublishedAt(_founded), certificateKeys: _good.PublishedCertificateKeysAt(_founded));

    public string Mint(Instant now) => Mint(_good, now);

    public string MintRevoked(Instant now) => Mint(_revoked, now);

    public string MintUnknown(Instant now) => Mint(_unknown, now);

    /// <summary>A phone with a certificate of seven days, which makes codes at any time.</summary>
    public DeviceCodeMinter Certify(Instant now) => Certify(_good, now);

    public DeviceCodeMinter CertifyRevoked(Instant now) => Certify(_revoked, now);

    public DeviceCodeMinter CertifyUnknown(Instant now) => Certify(_unknown, now);

    public static CodeOffice Open(Instant now) => new(now);

    private string Mint(KeyRing ring, Instant now) => new CodeMinter(ring).Mint(new HolderId(++_holders), VehicleSlot.None, now).Text;

    private DeviceCodeMinter Certify(KeyRing ring, Instant now)
    {
        var key = LocalCodeSigner.Create();
        var holder = new SealedHolder(new HolderId(++_holders), VehicleSlot.None) { Device = new DeviceNumber(1) };
        return new(key, new CertificateIssuer(ring).Issue(holder, key.PublicKey, now, CertificateFormat.LongestLife));
    }
}
