using CsCheck;
using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

public class DeviceCodeTests
{
    [Fact]
    public void Mint_AnyCode_HasTheSizesTheFormatStates()
    {
        var code = DeviceSamples.Mint();

        Assert.StartsWith("SP2:", code.Text, StringComparison.Ordinal);
        Assert.Equal((189, 281, 426), (DeviceSamples.Certificate.Bytes.Length, Samples.BytesOf(code.Text).Length, code.Text.Length));
        Assert.Equal(
            (CertificateFormat.EncodedSize, DeviceCodeFormat.EncodedSize, DeviceCodeFormat.TextLength),
            (DeviceSamples.Certificate.Bytes.Length, Samples.BytesOf(code.Text).Length, code.Text.Length));
    }

    [Fact]
    public void Encode_Code_IsVersion13OfLevelM()
    {
        var symbol = QrSymbol.Encode(DeviceSamples.Mint().Text);

        Assert.Equal(17 + (4 * 13), symbol.Size);
        Assert.Equal((true, false), (symbol[0, 8], symbol[1, 8])); // CodeDrawingTests says where the level stands.
    }

    [Fact]
    public void Mint_FractionOfASecond_IsCutOff()
    {
        var code = DeviceSamples.Minter.Mint(DeviceSamples.Now + Duration.FromMilliseconds(999));

        Assert.Equal(DeviceSamples.Now, code.IssuedAt);
        Assert.Equal(DeviceSamples.Now + Duration.FromSeconds(60), code.ExpiresAt);
        Assert.Equal(DeviceSamples.Now + Duration.FromSeconds(30), code.RedrawAt);
    }

    [Fact]
    public void IssueMintVerifyOpen_GivesBackWhatWentIn() =>
        Gen.Select(
                Gen.Select(
                    Gen.ULong,
                    Gen.Byte,
                    Gen.Byte,
                    (holder, slot, device) => new SealedHolder(new(holder), new(slot)) { Device = new(device) }),
                Gen.Long[CodeFormat.FirstSecond + 3600, CodeFormat.LastSecond - (7 * 86_400)],
                Gen.Int[2, 7 * 24],
                Gen.Double[0, 1])
            .SampleCases(
                Depth.DearCases,
                (holder, askedAt, hours, part) =>
                {
                    var asked = Instant.FromUnixTimeSeconds(askedAt);
                    var from = Instant.FromUnixTimeSeconds(askedAt - (askedAt % 3600));
                    var until = from + Duration.FromHours(hours);
                    var now = from + Duration.FromSeconds((long)(((hours * 3600) - 60) * part));
                    var ring = KeyRing.Found(Samples.Key, asked, certificateKey: DeviceSamples.CertificateKey);
                    var certificate = new CertificateIssuer(ring).Issue(
                        holder, DeviceSamples.Phone.PublicKey, asked, Duration.FromHours(hours));

                    var code = new DeviceCodeMinter(DeviceSamples.Phone, certificate).Mint(now);
                    var check = DeviceSamples.VerifierOf(ring).Verify(code.Text, now);

                    Assert.Equal(CodeRefusal.None, check.Refusal);
                    Assert.Equal((code.Id, now, now + Duration.FromSeconds(60)), (check.CodeId, check.IssuedAt, check.ExpiresAt));
                    Assert.Equal(new CodeCertificate(certificate.Id, from, until), check.Certificate);
                    Assert.Equal((from, DeviceSamples.CertificateKey.Id), (check.ProvenFrom, check.KeyId));
                    Assert.Equal(holder, ring.SealingKeysAt(now).Open(check));
                });

    [Fact]
    public void Verify_CodeOfTheOracle_IsAccepted_AndTheOracleAcceptsOurs()
    {
        var jwks = DeviceSamples.Ring.PublishedCertificateKeysAt(DeviceSamples.Now).ToJwks();
        using var device = DeviceOracle.NewKey();
        var point = DeviceOracle.PointOf(device);
        var certificate = DeviceSamples.Issuer.Issue(
            DeviceSamples.Holder, new VerificationKey(point.X, point.Y), DeviceSamples.Now, Duration.FromDays(1));
        var theirs = DeviceOracle.Code(
            certificate.Bytes.ToArray(), device, DeviceSamples.Now.ToUnixTimeSeconds(), [1, 2, 3, 4, 5, 6, 7, 8]);
        var ours = DeviceSamples.Mint();

        foreach (var text in new[] { theirs, ours.Text })
        {
            var check = DeviceSamples.Verify(text);
            var claims = DeviceOracle.Verify(text, jwks);

            Assert.Equal(CodeRefusal.None, check.Refusal);
            Assert.Equal(check.CodeId.ToByteArray(), claims.CodeId);
            Assert.Equal(
                (new(claims.Cti), Instant.FromUnixTimeSeconds(claims.CertifiedAt), Instant.FromUnixTimeSeconds(claims.CertifiedUntil)),
                (check.Certificate!.Value.Id, check.ProvenFrom, check.Certificate.Value.ExpiresAt));
            Assert.Equal(check.IssuedAt, Instant.FromUnixTimeSeconds(claims.IssuedAt));
        }
    }

    [Fact]
    public void Verify_CodeOfTheService_HasNoCertificateAndIsProvenFromItsIssue()
    {
        var code = Samples.Mint();

        var check = DeviceSamples.Verify(code.Text);

        Assert.True(check.IsAccepted);
        Assert.Null(check.Certificate);
        Assert.Equal(code.IssuedAt, check.ProvenFrom);
        Assert.Equal(new SealedHolder(Samples.Holder, Samples.Vehicle), DeviceSamples.Seals.Open(check));
    }

    [Fact]
    public void Open_WithoutTheCertificateKey_FindsNobody()
    {
        var check = DeviceSamples.Verify(DeviceSamples.Mint().Text);

        Assert.False(Samples.Ring.SealingKeysAt(Samples.Now).TryOpen(check, out var holder));
        Assert.Equal(default, holder);
        Assert.Throws<KeyNotFoundException>(() => Samples.Ring.SealingKeysAt(Samples.Now).Open(check));
    }

    [Fact]
    public void Issue_LifeOrTimeOutOfRange_Throws()
    {
        Duration[] wrong =
        [
            Duration.Zero,
            Duration.FromHours(1),
            Duration.FromHours((7 * 24) + 1),
            Duration.FromHours(2) + Duration.Epsilon,
            Duration.MaxValue,
            Duration.MinValue,
        ];

        Assert.All(wrong, life => Assert.Throws<ArgumentOutOfRangeException>(() => Issue(DeviceSamples.Now, life)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Issue(Instant.FromUnixTimeSeconds(ushort.MaxValue), Duration.FromDays(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Issue(Instant.FromUnixTimeSeconds(uint.MaxValue), Duration.FromDays(1)));

        static void Issue(Instant now, Duration life) =>
            DeviceSamples.Issuer.Issue(DeviceSamples.Holder, DeviceSamples.Phone.PublicKey, now, life);
    }

    [Fact]
    public void Issue_RingWithoutCertificateKeys_Throws() => Assert.Throws<InvalidOperationException>(
        () => new CertificateIssuer(Samples.Ring).Issue(
            DeviceSamples.Holder, DeviceSamples.Phone.PublicKey, Samples.Now, Duration.FromDays(1)));

    [Fact]
    public void Minter_WithACertificateForAnotherKey_Throws() => Assert.Throws<ArgumentException>(
        () => new DeviceCodeMinter(LocalCodeSigner.Create(), DeviceSamples.Certificate));

    [Fact]
    public void Certificate_ReadBack_IsTheSame()
    {
        var read = DeviceCertificate.Read(DeviceSamples.Certificate.Bytes);

        Assert.Equal(
            (DeviceSamples.Certificate.Id, DeviceSamples.CertificateKey.Id, DeviceSamples.Phone.PublicKey),
            (read.Id, read.KeyId, read.PublicKey));
        Assert.Equal((DeviceSamples.Certificate.IssuedAt, DeviceSamples.Certificate.ExpiresAt), (read.IssuedAt, read.ExpiresAt));
    }

    [Fact]
    public void Certificate_OtherBytes_AreRefused()
    {
        var bytes = DeviceSamples.Certificate.Bytes.ToArray();
        var offCurve = bytes.ToArray();
        offCurve[122] ^= 1; // the last byte of y
        byte[] otherAlgorithm = [.. bytes.AsSpan(0, 4), 0x27, .. bytes.AsSpan(5)];

        Assert.All(
            [[], bytes[..^1], [.. bytes, 0], offCurve, otherAlgorithm, Samples.BytesOf(Samples.Mint().Text)],
            wrong => Assert.Throws<FormatException>(() => DeviceCertificate.Read(wrong)));
    }

    [Fact]
    public void CertificateId_Digest_IsTheBeginningOfItsSha256()
    {
        var id = new CertificateId(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));

        Assert.Equal(0xBE45CB2605BF36BEUL, id.Digest);
        Assert.Equal("000102030405060708090a0b0c0d0e0f", id.ToString());
        Assert.Throws<ArgumentException>(() => new CertificateId(new byte[15]));
    }

    [Fact]
    public void ToString_OfCertificateAndCode_NamesNobody()
    {
        Assert.DoesNotContain(DeviceSamples.Certificate.Id.ToString(), DeviceSamples.Certificate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SP2", DeviceSamples.Mint().ToString(), StringComparison.Ordinal);
    }
}
