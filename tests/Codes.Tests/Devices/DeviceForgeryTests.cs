using System.Security.Cryptography;
using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

/// <summary>What somebody could try who has phones, certificates and codes of their own and of others.</summary>
public class DeviceForgeryTests
{
    private static readonly byte[] SomeRandom = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] SomeCti = [.. Enumerable.Range(0, CertificateId.Size).Select(i => (byte)i)];
    private static readonly long Seconds = DeviceSamples.Now.ToUnixTimeSeconds();

    private static readonly ECDsa Issuer = DeviceOracle.NewKey();
    private static readonly VerificationKey IssuerKey = new(DeviceOracle.PointOf(Issuer).X, DeviceOracle.PointOf(Issuer).Y);
    private static readonly ECDsa Device = DeviceOracle.NewKey();
    private static readonly ECPoint DevicePoint = DeviceOracle.PointOf(Device);

    /// <summary>Trusts <see cref="Issuer"/> for certificates, so that certificates of every kind can be truly signed.</summary>
    private static readonly CodeVerifier Verifier = new(Samples.Keys, certificateKeys: new PublicKeySet([IssuerKey], KeyUse.Certificates));

    [Fact]
    public void Verify_NothingWrong_IsAccepted() => Assert.Equal(CodeRefusal.None, Verify(Code(Certificate(), Seconds)).Refusal);

    [Fact]
    public void Verify_CertificateOfOneWithTheCodeSignatureOfAnother_IsABadSignature()
    {
        var mine = Certificate();
        var other = Certificate(cti: [.. SomeCti.Reverse()]);
        var header = DeviceOracle.CodeHeader(other);
        var payload = DeviceOracle.CodeClaims(Seconds, SomeRandom);
        var signature = Samples.BytesOf(Code(mine, Seconds))[^64..];

        Assert.Equal(CodeRefusal.BadSignature, Verify(DeviceOracle.TextOf(CodeForge.Assemble(header, payload, signature))).Refusal);
    }

    [Fact]
    public void Verify_StolenCertificateWithoutItsKey_IsABadSignature()
    {
        using var thief = DeviceOracle.NewKey();

        Assert.Equal(CodeRefusal.BadSignature, Verify(DeviceOracle.Code(Certificate(), thief, Seconds, SomeRandom)).Refusal);
    }

    [Fact]
    public void Verify_CertificateByItsOwnDevice_IsABadCertificate()
    {
        var forged = DeviceOracle.Sign(
            DeviceOracle.CertificateHeader(IssuerKey.Id.ToByteArray()),
            DeviceOracle.CertificateClaims(Seconds, Seconds + 86_400, SomeCti, DevicePoint),
            Device);

        Assert.Equal(CodeRefusal.BadCertificate, Verify(Code(forged, Seconds)).Refusal);
    }

    [Fact]
    public void Verify_CertificateWithAnotherKeyPutIn_IsABadCertificate()
    {
        using var thief = DeviceOracle.NewKey();
        var certificate = Certificate();
        var thiefs = Certificate(device: DeviceOracle.PointOf(thief));
        byte[] mixed = [.. thiefs[..^64], .. certificate[^64..]];

        Assert.Equal(CodeRefusal.BadCertificate, Verify(DeviceOracle.Code(mixed, thief, Seconds, SomeRandom)).Refusal);
    }

    [Fact]
    public void Verify_KeyThatIsNoPointOfTheCurve_IsABadCertificate()
    {
        ECPoint[] points =
        [
            new() { X = DevicePoint.X, Y = DevicePoint.X },
            new() { X = new byte[32], Y = new byte[32] },
            new() { X = [.. Enumerable.Repeat((byte)0xFF, 32)], Y = DevicePoint.Y },
        ];

        Assert.All(points, point => Assert.Equal(CodeRefusal.BadCertificate, Verify(Code(Certificate(device: point), Seconds)).Refusal));
    }

    [Theory]
    [InlineData(-31, CodeRefusal.OutsideCertificate)] // before the certificate, by more than the skew
    [InlineData(-30, CodeRefusal.None)]
    [InlineData(0, CodeRefusal.None)]
    [InlineData(86_340, CodeRefusal.None)] // the last code ends with its certificate
    [InlineData(86_341, CodeRefusal.OutsideCertificate)]
    [InlineData(86_400, CodeRefusal.OutsideCertificate)]
    [InlineData(7 * 86_400, CodeRefusal.OutsideCertificate)] // signed ahead for next week
    public void Verify_WindowsThatDoNotNest_AreOutsideTheCertificate(int secondsAfterCertificate, CodeRefusal expected)
    {
        var at = DeviceSamples.Now + Duration.FromSeconds(secondsAfterCertificate);

        var check = Verifier.Verify(Code(Certificate(), Seconds + secondsAfterCertificate), at);

        Assert.Equal(expected, check.Refusal);
        Assert.Equal(expected == CodeRefusal.None, check.IsGenuine);
        Assert.Equal(expected == CodeRefusal.None, check.Certificate is not null);
        Assert.Equal(expected == CodeRefusal.None, check.CodeId != default);
    }

    [Fact]
    public void Verify_SignedAheadWithinTheCertificate_WaitsForItsTime()
    {
        var tomorrow = Seconds + 80_000;
        var text = Code(Certificate(), tomorrow);

        Assert.Equal(CodeRefusal.NotYetValid, Verify(text).Refusal);
        var then = Verifier.Verify(text, Instant.FromUnixTimeSeconds(tomorrow));
        Assert.True(then.IsAccepted);
        Assert.Equal(DeviceSamples.Now, then.ProvenFrom); // When it was signed, nobody can prove.
    }

    [Theory]
    [InlineData(7 * 86_400, CodeRefusal.None)]
    [InlineData((7 * 86_400) + 1, CodeRefusal.OutsideCertificate)]
    [InlineData(-86_400, CodeRefusal.OutsideCertificate)] // expires before it was issued
    [InlineData(59, CodeRefusal.OutsideCertificate)] // no code fits in
    public void Verify_CertificateOfAnImpossibleLife_IsRefused(long life, CodeRefusal expected) =>
        Assert.Equal(expected, Verify(Code(Certificate(life: life), Seconds)).Refusal);

    [Theory]
    [InlineData(-30_001, CodeRefusal.NotYetValid)]
    [InlineData(-30_000, CodeRefusal.None)]
    [InlineData(89_999, CodeRefusal.None)]
    [InlineData(90_000, CodeRefusal.Expired)]
    public void Verify_AroundTheEndsOfItsMinute_IsHalfOpen(int milliseconds, CodeRefusal expected)
    {
        var check = Verifier.Verify(Code(Certificate(), Seconds), DeviceSamples.Now + Duration.FromMilliseconds(milliseconds));

        Assert.Equal(expected, check.Refusal);
        Assert.True(check.IsGenuine);
        Assert.Equal(DeviceSamples.Now + DeviceCodeFormat.Life, check.ExpiresAt);
    }

    [Fact]
    public void Verify_OtherSignaturesThatFit_AreTheSameCode()
    {
        var certificate = Certificate();
        byte[] otherCertificate = [.. certificate[..^64], .. CodeForge.OtherSignature(certificate.AsSpan(^64..))];
        var code = Samples.BytesOf(Code(certificate, Seconds));
        byte[] otherCode = [.. code[..^64], .. CodeForge.OtherSignature(code.AsSpan(^64..))];

        // The second needs the device, since its signature covers the certificate: a driver's own try to use one code twice.
        CodeCheck[] checks =
        [
            Verify(DeviceOracle.TextOf(code)), Verify(DeviceOracle.TextOf(otherCode)), Verify(Code(otherCertificate, Seconds)),
        ];

        Assert.All(checks, check => Assert.Equal((CodeRefusal.None, checks[0].CodeId), (check.Refusal, check.CodeId)));
    }

    [Fact]
    public void Verify_OtherRandomBytesOrCertificate_AreOtherCodes()
    {
        var ids = new[]
        {
            Verify(Code(Certificate(), Seconds)),
            Verify(DeviceOracle.Code(Certificate(), Device, Seconds, [.. SomeRandom.Reverse()])),
            Verify(Code(Certificate(cti: [.. SomeCti.Reverse()]), Seconds)),
        }.Select(check => check.CodeId);

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("SP1")]
    [InlineData("SP2-LINK")]
    public void Verify_SignedForSomethingElse_IsABadSignature(string externalData)
    {
        var bytes = DeviceOracle.Sign(
            DeviceOracle.CodeHeader(Certificate()), DeviceOracle.CodeClaims(Seconds, SomeRandom), Device, externalData);

        Assert.Equal(CodeRefusal.BadSignature, Verify(DeviceOracle.TextOf(bytes)).Refusal);
    }

    [Fact]
    public void Verify_KeyOfTheOtherUse_IsUnknown()
    {
        // One pair of a code key and a certificate key, and a verifier that has them the right way round.
        var ring = DeviceSamples.Ring;
        var swapped = KeyRing.Found(DeviceSamples.CertificateKey, Samples.Now, certificateKey: Samples.Key);
        var certificate = new CertificateIssuer(swapped).Issue(
            DeviceSamples.Holder, DeviceSamples.Phone.PublicKey, Samples.Now, Duration.FromDays(1));
        var ofDevice = new DeviceCodeMinter(DeviceSamples.Phone, certificate).Mint(Samples.Now);
        var ofService = new CodeMinter(swapped).Mint(Samples.Holder, Samples.Vehicle, Samples.Now);

        Assert.Equal(CodeRefusal.UnknownKey, DeviceSamples.VerifierOf(ring).Verify(ofService.Text, Samples.Now).Refusal);
        Assert.Equal(CodeRefusal.UnknownKey, DeviceSamples.VerifierOf(ring).Verify(ofDevice.Text, Samples.Now).Refusal);
        Assert.True(DeviceSamples.VerifierOf(swapped).Verify(ofDevice.Text, Samples.Now).IsAccepted);
    }

    [Fact]
    public void Verify_OneFormatUnderTheOthersPrefix_IsABadShape()
    {
        var service = Samples.Mint().Text;
        var device = DeviceSamples.Mint().Text;

        Assert.Equal(CodeRefusal.BadShape, DeviceSamples.Verify("SP2:" + service[4..]).Refusal);
        Assert.Equal(CodeRefusal.BadShape, DeviceSamples.Verify("SP1:" + device[4..]).Refusal);
        Assert.Equal(CodeRefusal.BadShape, DeviceSamples.Verify(DeviceOracle.TextOf(DeviceSamples.Certificate.Bytes.ToArray())).Refusal);
    }

    [Fact]
    public void Verify_WithoutCertificateKeys_IsAnUnknownKey()
    {
        var check = Samples.Verifier.Verify(DeviceSamples.Mint().Text, Samples.Now);

        Assert.Equal((CodeRefusal.UnknownKey, DeviceSamples.CertificateKey.Id), (check.Refusal, check.KeyId));
    }

    [Fact]
    public void Verifier_WithASetOfTheOtherUse_Throws()
    {
        var certificateKeys = new PublicKeySet([IssuerKey], KeyUse.Certificates);

        Assert.Throws<ArgumentException>(() => new CodeVerifier(certificateKeys));
        Assert.Throws<ArgumentException>(() => new CodeVerifier(Samples.Keys, certificateKeys: Samples.Keys));
    }

    [Fact]
    public void Verify_SeveralThingsWrong_ReportsTheFirst()
    {
        var late = Seconds + (30 * 86_400);
        byte[] kid = [0, 0, 0, 0];
        using var thief = DeviceOracle.NewKey();

        // Outside its certificate, and expired; then with one fault more each time, of a check before.
        Assert.Equal(CodeRefusal.OutsideCertificate, Verify(Code(Certificate(), late)).Refusal);
        Assert.Equal(CodeRefusal.BadSignature, Verify(DeviceOracle.Code(Certificate(), thief, late, SomeRandom)).Refusal);
        var forged = Certificate();
        forged[^1] ^= 1;
        Assert.Equal(CodeRefusal.BadCertificate, Verify(DeviceOracle.Code(forged, thief, late, SomeRandom)).Refusal);
        Assert.Equal(CodeRefusal.UnknownKey, Verify(DeviceOracle.Code(Certificate(kid: kid), thief, late, SomeRandom)).Refusal);
        Assert.Equal(
            CodeRefusal.UnsupportedAlgorithm,
            Verify(DeviceOracle.Code(Certificate(kid: kid, algorithm: -35), thief, late, SomeRandom)).Refusal);
        Assert.Equal(
            CodeRefusal.BadShape,
            Verify(DeviceOracle.Code(Certificate(kid: [0], algorithm: -35), thief, late, SomeRandom)).Refusal);
    }

    private static CodeCheck Verify(string text) => Verifier.Verify(text, DeviceSamples.Now);

    private static string Code(byte[] certificate, long issuedAt) => DeviceOracle.Code(certificate, Device, issuedAt, SomeRandom);

    private static byte[] Certificate(
        byte[]? cti = null, long life = 86_400, ECPoint? device = null, byte[]? kid = null, long algorithm = DeviceOracle.Algorithm) =>
        DeviceOracle.Sign(
            DeviceOracle.CertificateHeader(kid ?? IssuerKey.Id.ToByteArray(), algorithm),
            DeviceOracle.CertificateClaims(Seconds, Seconds + life, cti ?? SomeCti, device ?? DevicePoint),
            Issuer);
}
