using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;

namespace Parking.Codes.Tests.Devices;

/// <summary>
/// Device codes by the standards alone: COSE (RFC 9052), CWT (RFC 8392), confirmed keys (RFC 8747), Base45 (RFC 9285) and the published
/// JWK set (RFC 7517), with the framework's CBOR and ECDSA and nothing of ours. It mints right and wrong codes, truly signed, and verifies.
/// </summary>
internal static class DeviceOracle
{
    public const long Algorithm = -7;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static ECPoint PointOf(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Q;

    public static byte[] CertificateHeader(byte[] kid, long algorithm = Algorithm) => Encode(writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(1);
        writer.WriteInt64(algorithm);
        writer.WriteInt32(4);
        writer.WriteByteString(kid);
        writer.WriteEndMap();
    });

    public static byte[] CertificateClaims(long issuedAt, long expiresAt, byte[] cti, ECPoint device) => Encode(writer =>
    {
        writer.WriteStartMap(4);
        writer.WriteInt32(4);
        writer.WriteInt64(expiresAt);
        writer.WriteInt32(6);
        writer.WriteInt64(issuedAt);
        writer.WriteInt32(7);
        writer.WriteByteString(cti);
        writer.WriteInt32(8);
        writer.WriteStartMap(1);
        writer.WriteInt32(1);
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteInt32(-1);
        writer.WriteInt32(1);
        writer.WriteInt32(-2);
        writer.WriteByteString(device.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(device.Y!);
        writer.WriteEndMap();
        writer.WriteEndMap();
        writer.WriteEndMap();
    });

    public static byte[] CodeHeader(byte[] certificate, long algorithm = Algorithm) => Encode(writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(1);
        writer.WriteInt64(algorithm);
        writer.WriteInt32(13);
        writer.WriteEncodedValue(certificate);
        writer.WriteEndMap();
    });

    public static byte[] CodeClaims(long issuedAt, byte[] random) => Encode(writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(6);
        writer.WriteInt64(issuedAt);
        writer.WriteInt32(7);
        writer.WriteByteString(random);
        writer.WriteEndMap();
    });

    /// <summary>An untagged COSE_Sign1 with what ECDSA makes of the key.</summary>
    public static byte[] Sign(byte[] header, byte[] payload, ECDsa key, string externalData = "") => Encode(writer =>
    {
        writer.WriteStartArray(4);
        writer.WriteByteString(header);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(key.SignData(ToBeSigned(header, payload, externalData), HashAlgorithmName.SHA256));
        writer.WriteEndArray();
    });

    /// <summary>A code of a certificate as it is, at a time.</summary>
    public static string Code(byte[] certificate, ECDsa device, long issuedAt, byte[] random) =>
        TextOf(Sign(CodeHeader(certificate), CodeClaims(issuedAt, random), device, "SP2"));

    public static string TextOf(byte[] code) => "SP2:" + string.Concat(code.Chunk(2).Select(pair =>
    {
        var value = pair.Length == 2 ? (pair[0] * 256) + pair[1] : pair[0];
        var digits = string.Concat(Alphabet[value % 45], Alphabet[value / 45 % 45]);
        return pair.Length == 2 ? digits + Alphabet[value / 2025] : digits;
    }));

    /// <summary>Verifies with the published JWK set alone; throws if anything is not as it should be.</summary>
    public static Claims Verify(string text, byte[] jwks)
    {
        Assert.StartsWith("SP2:", text, StringComparison.Ordinal);
        var code = Open(new CborReader(PublishedKeyTests.FromBase45(text[4..]), CborConformanceMode.Canonical), isLast: true);

        var header = new CborReader(code.Header, CborConformanceMode.Canonical);
        Assert.Equal((2, 1, -7, 13), (header.ReadStartMap(), header.ReadInt32(), header.ReadInt32(), header.ReadInt32()));
        var certificate = Open(header, isLast: false);
        header.ReadEndMap();
        Assert.Equal(0, header.BytesRemaining);

        var issuer = new CborReader(certificate.Header, CborConformanceMode.Canonical);
        Assert.Equal((2, 1, -7, 4), (issuer.ReadStartMap(), issuer.ReadInt32(), issuer.ReadInt32(), issuer.ReadInt32()));
        AssertSigned(certificate, KeyIn(jwks, issuer.ReadByteString()), "");

        var claims = new CborReader(certificate.Payload, CborConformanceMode.Canonical);
        Assert.Equal((4, 4), (claims.ReadStartMap(), claims.ReadInt32()));
        var expiresAt = claims.ReadInt64();
        Assert.Equal(6, claims.ReadInt32());
        var certifiedAt = claims.ReadInt64();
        Assert.Equal(7, claims.ReadInt32());
        var cti = claims.ReadByteString();
        Assert.Equal((8, 1, 1, 4), (claims.ReadInt32(), claims.ReadStartMap(), claims.ReadInt32(), claims.ReadStartMap()));
        Assert.Equal((1, 2, -1, 1), (claims.ReadInt32(), claims.ReadInt32(), claims.ReadInt32(), claims.ReadInt32()));
        Assert.Equal(-2, claims.ReadInt32());
        var x = claims.ReadByteString();
        Assert.Equal(-3, claims.ReadInt32());
        AssertSigned(code, new ECPoint { X = x, Y = claims.ReadByteString() }, "SP2");

        var shown = new CborReader(code.Payload, CborConformanceMode.Canonical);
        Assert.Equal((2, 6), (shown.ReadStartMap(), shown.ReadInt32()));
        var issuedAt = shown.ReadInt64();
        Assert.Equal(7, shown.ReadInt32());
        var random = shown.ReadByteString();
        Assert.True(certifiedAt - 30 <= issuedAt && issuedAt + 60 <= expiresAt && expiresAt - certifiedAt <= 7 * 86_400);
        return new Claims(issuedAt, certifiedAt, expiresAt, cti, SHA256.HashData([.. "SP2"u8, .. cti, .. random])[..16]);
    }

    private static Message Open(CborReader reader, bool isLast)
    {
        Assert.Equal(4, reader.ReadStartArray());
        var header = reader.ReadByteString();
        Assert.Equal(0, reader.ReadStartMap());
        reader.ReadEndMap();
        var message = new Message(header, reader.ReadByteString(), reader.ReadByteString());
        reader.ReadEndArray();
        Assert.True(!isLast || reader.BytesRemaining == 0);
        return message;
    }

    private static void AssertSigned(Message message, ECPoint point, string externalData)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        Assert.True(key.VerifyData(
            ToBeSigned(message.Header, message.Payload, externalData), message.Signature, HashAlgorithmName.SHA256));
    }

    internal static byte[] ToBeSigned(byte[] header, byte[] payload, string externalData) => Encode(writer =>
    {
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(header);
        writer.WriteByteString(System.Text.Encoding.ASCII.GetBytes(externalData));
        writer.WriteByteString(payload);
        writer.WriteEndArray();
    });

    private static ECPoint KeyIn(byte[] jwks, byte[] kid)
    {
        using var document = JsonDocument.Parse(jwks);
        var key = document.RootElement.GetProperty("keys").EnumerateArray()
            .Single(one => one.GetProperty("kid").GetString() == Convert.ToHexStringLower(kid));
        Assert.Equal("device-certificates", key.GetProperty("urn:parking:signs").GetString());
        return new ECPoint { X = Coordinate(key, "x"), Y = Coordinate(key, "y") };
    }

    private static byte[] Coordinate(JsonElement key, string name) => PublishedKeyTests.FromBase64Url(key.GetProperty(name).GetString()!);

    private static byte[] Encode(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        write(writer);
        return writer.Encode();
    }

    /// <summary>What a genuine code says.</summary>
    public sealed record Claims(long IssuedAt, long CertifiedAt, long CertifiedUntil, byte[] Cti, byte[] CodeId);

    private sealed record Message(byte[] Header, byte[] Payload, byte[] Signature);
}
