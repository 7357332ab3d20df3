using System.Security.Cryptography;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

/// <summary>
/// Every way to be nearly a device code. Each is truly signed, by the device and the service, so only its shape can be what refuses it.
/// </summary>
public class DeviceShapeTests
{
    private static readonly long Seconds = DeviceSamples.Now.ToUnixTimeSeconds();
    private static readonly ECDsa Issuer = DeviceOracle.NewKey();
    private static readonly VerificationKey IssuerKey = new(DeviceOracle.PointOf(Issuer).X, DeviceOracle.PointOf(Issuer).Y);
    private static readonly ECDsa Device = DeviceOracle.NewKey();
    private static readonly CodeVerifier Verifier = new(Samples.Keys, certificateKeys: new PublicKeySet([IssuerKey], KeyUse.Certificates));

    private static readonly byte[] Kid = IssuerKey.Id.ToByteArray();
    private static readonly byte[] RightHeader = DeviceOracle.CertificateHeader(Kid);

    // A4 | 04 exp | 06 iat | 07 cti | 08 A1 01 A4 | 01 02 | 20 01 | 21 x | 22 y: they begin at 1, 7, 13, 31, 35, 37, 39 and 74.
    private static readonly byte[] RightClaims =
        DeviceOracle.CertificateClaims(Seconds, Seconds + 86_400, new byte[CertificateId.Size], DeviceOracle.PointOf(Device));
    private static readonly byte[] RightCertificate = DeviceOracle.Sign(RightHeader, RightClaims, Issuer);
    private static readonly byte[] RightCodeHeader = DeviceOracle.CodeHeader(RightCertificate);
    private static readonly byte[] RightCodeClaims = DeviceOracle.CodeClaims(Seconds, new byte[8]);

    [Fact]
    public void Verify_NothingWrong_IsAccepted() => Assert.Equal(CodeRefusal.None, Check(Code(RightCodeHeader, RightCodeClaims)));

    [Fact]
    public void Verify_AnyOtherClaimsOfTheCode_AreABadShape() => AssertAllBadShapes(
        new()
        {
            ["nothing"] = [],
            ["empty"] = [0xA0],
            ["no issue"] = [0xA1, .. RightCodeClaims.AsSpan(7)],
            ["no random bytes"] = [0xA1, .. RightCodeClaims.AsSpan(1, 6)],
            ["wrong order"] = [0xA2, .. RightCodeClaims.AsSpan(7), .. RightCodeClaims.AsSpan(1, 6)],
            ["an expiry"] = [0xA3, 0x04, .. RightCodeClaims.AsSpan(2, 5), .. RightCodeClaims.AsSpan(1)],
            ["an unknown claim"] = [0xA3, .. RightCodeClaims, 0x08, 0x01],
            ["issue twice"] = [0xA2, .. RightCodeClaims.AsSpan(1, 6), .. RightCodeClaims.AsSpan(1, 6)],
            ["7 random bytes"] = DeviceOracle.CodeClaims(Seconds, new byte[7]),
            ["9 random bytes"] = DeviceOracle.CodeClaims(Seconds, new byte[9]),
            ["16 random bytes"] = DeviceOracle.CodeClaims(Seconds, new byte[16]),
            ["random bytes as text"] = [.. RightCodeClaims.AsSpan(0, 8), 0x68, .. "12345678"u8],
            ["time of two bytes"] = DeviceOracle.CodeClaims(ushort.MaxValue, new byte[8]),
            ["time of eight bytes"] = DeviceOracle.CodeClaims(1L + uint.MaxValue, new byte[8]),
            ["time negative"] = DeviceOracle.CodeClaims(-Seconds, new byte[8]),
            ["time not in shortest form"] = [0xA2, 0x06, 0x1B, 0, 0, 0, 0, .. RightCodeClaims.AsSpan(3)],
            ["indefinite map"] = [0xBF, .. RightCodeClaims.AsSpan(1), 0xFF],
            ["bytes after the end"] = [.. RightCodeClaims, 0],
        },
        claims => Code(RightCodeHeader, claims));

    [Fact]
    public void Verify_AnyOtherHeaderOfTheCode_IsABadShape() => AssertAllBadShapes(
        new()
        {
            ["nothing"] = [],
            ["no algorithm"] = [0xA1, .. RightCodeHeader.AsSpan(3)],
            ["no certificate"] = [0xA1, .. RightCodeHeader.AsSpan(1, 2)],
            ["wrong order"] = [0xA2, .. RightCodeHeader.AsSpan(3), .. RightCodeHeader.AsSpan(1, 2)],
            ["a key id instead"] = RightHeader,
            ["a key id besides"] = [0xA3, 0x01, 0x26, 0x04, 0x44, .. Kid, .. RightCodeHeader.AsSpan(3)],
            ["algorithm as text"] = [0xA2, 0x01, 0x65, .. "ES256"u8, .. RightCodeHeader.AsSpan(3)],
            ["certificate in a byte string"] = [0xA2, 0x01, 0x26, 0x0D, 0x58, 0xBD, .. RightCertificate],
            ["certificate tagged"] = [0xA2, 0x01, 0x26, 0x0D, 0xD2, .. RightCertificate],
            ["certificate in a list"] = [0xA2, 0x01, 0x26, 0x0D, 0x81, .. RightCertificate],
            ["two certificates"] = [.. RightCodeHeader, .. RightCertificate],
            ["label not in shortest form"] = [0xA2, 0x01, 0x26, 0x18, 0x0D, .. RightCertificate],
            ["another label"] = [0xA2, 0x01, 0x26, 0x0E, .. RightCertificate],
            ["bytes after the end"] = [.. RightCodeHeader, 0],
        },
        header => Code(header, RightCodeClaims));

    [Fact]
    public void Verify_AnyOtherClaimsOfTheCertificate_AreABadShape()
    {
        var right = RightClaims;
        AssertAllBadShapes(
            new()
            {
                ["nothing"] = [],
                ["no expiry"] = [0xA3, .. right.AsSpan(7)],
                ["no issue"] = [0xA3, .. right.AsSpan(1, 6), .. right.AsSpan(13)],
                ["no id"] = [0xA3, .. right.AsSpan(1, 12), .. right.AsSpan(31)],
                ["no key"] = [0xA3, .. right.AsSpan(1, 30)],
                ["wrong order"] = [0xA4, .. right.AsSpan(7, 6), .. right.AsSpan(1, 6), .. right.AsSpan(13)],
                ["an issuer"] = [0xA5, 0x01, 0x61, 0x61, .. right.AsSpan(1)],
                ["a claim at the end"] = [0xA5, .. right.AsSpan(1), 0x09, 0x01],
                ["id of 15 bytes"] = [.. right.AsSpan(0, 14), 0x4F, .. right.AsSpan(16)],
                ["id of 17 bytes"] = [.. right.AsSpan(0, 14), 0x51, 0, .. right.AsSpan(15)],
                ["a key id as confirmation"] = [.. right.AsSpan(0, 31), 0x08, 0xA1, 0x03, 0x44, .. Kid],
                ["two confirmations"] = [.. right.AsSpan(0, 32), 0xA2, .. right.AsSpan(33), 0x03, 0x41, 0x00],
                ["no key type"] = [.. right.AsSpan(0, 34), 0xA3, .. right.AsSpan(37)],
                ["another key type"] = [.. right.AsSpan(0, 36), 0x01, .. right.AsSpan(37)],
                ["another curve"] = [.. right.AsSpan(0, 38), 0x02, .. right.AsSpan(39)],
                ["y as a sign"] = [.. right.AsSpan(0, 74), 0x22, 0xF5],
                ["x of 31 bytes"] = [.. right.AsSpan(0, 41), 0x1F, .. right.AsSpan(43)],
                ["a private part"] = [.. right.AsSpan(0, 34), 0xA5, .. right.AsSpan(35), 0x23, 0x58, 0x20, .. new byte[32]],
                ["an algorithm in the key"] = [.. right.AsSpan(0, 34), 0xA5, 0x01, 0x02, 0x03, 0x26, .. right.AsSpan(37)],
                ["bytes after the end"] = [.. right, 0],
                ["one byte short"] = right[..^1],
            },
            claims => Code(DeviceOracle.CodeHeader(DeviceOracle.Sign(RightHeader, claims, Issuer)), RightCodeClaims));
    }

    [Fact]
    public void Verify_AnyOtherEnvelope_IsABadShape()
    {
        var right = Code(RightCodeHeader, RightCodeClaims);
        AssertAllBadShapes(
            new()
            {
                ["nothing"] = [],
                ["tagged"] = [0xD2, .. right],
                ["array of 3"] = [0x83, .. right.AsSpan(1)],
                ["array of 5"] = [0x85, .. right.AsSpan(1), 0xF6],
                ["header length not in shortest form"] = [0x84, 0x59, 0x00, .. right.AsSpan(2)],
                ["unprotected header not empty"] = [.. right.AsSpan(0, 196), 0xA1, 0x04, 0x41, 0x00, .. right.AsSpan(197)],
                ["certificate in the unprotected header"] =
                    [0x84, 0x43, 0xA1, 0x01, 0x26, 0xA1, 0x0D, .. RightCertificate, .. right.AsSpan(197)],
                ["signature of 63 bytes"] = [.. right.AsSpan(0, 216), 0x3F, .. right.AsSpan(218)],
                ["no signature"] = [.. right.AsSpan(0, 215), 0x40],
                ["one byte short"] = right[..^1],
                ["bytes after the end"] = [.. right, 0],
                ["two codes"] = [.. right, .. right],
                ["a code of the service"] = Samples.BytesOf(Samples.Mint().Text),
                ["a certificate"] = RightCertificate,
            },
            bytes => bytes);
    }

    [Theory]
    [InlineData(-35)] // ES384
    [InlineData(-8)] // EdDSA
    [InlineData(-9)] // ESP256
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Verify_AnotherAlgorithm_IsUnsupportedInEitherPlace(long algorithm)
    {
        var certificate = DeviceOracle.Sign(DeviceOracle.CertificateHeader(Kid, algorithm), RightClaims, Issuer);

        Assert.Equal(CodeRefusal.UnsupportedAlgorithm, Check(Code(DeviceOracle.CodeHeader(certificate), RightCodeClaims)));
        Assert.Equal(
            CodeRefusal.UnsupportedAlgorithm, Check(Code(DeviceOracle.CodeHeader(RightCertificate, algorithm), RightCodeClaims)));
    }

    [Fact]
    public void Verify_Garbage_AllocatesNothing()
    {
        var shapeless = DeviceOracle.TextOf(new byte[DeviceCodeFormat.EncodedSize]);
        var unknown = DeviceSamples.Mint().Text;
        Samples.Verifier.Verify(shapeless, Samples.Now);
        Samples.Verifier.Verify(unknown, Samples.Now);

        Assert.Equal(0, Allocations.Of(() => Samples.Verifier.Verify(shapeless, Samples.Now)));
        Assert.Equal(0, Allocations.Of(() => Samples.Verifier.Verify(unknown, Samples.Now)));
    }

    private static byte[] Code(byte[] header, byte[] claims) => DeviceOracle.Sign(header, claims, Device, "SP2");

    private static void AssertAllBadShapes(Dictionary<string, byte[]> wrong, Func<byte[], byte[]> toCode)
    {
        var otherwise = wrong
            .Select(pair => (Name: pair.Key, Refusal: Check(toCode(pair.Value))))
            .Where(result => result.Refusal != CodeRefusal.BadShape);
        Assert.Empty(otherwise);
    }

    private static CodeRefusal Check(byte[] bytes) => Verifier.Verify(DeviceOracle.TextOf(bytes), DeviceSamples.Now).Refusal;
}
