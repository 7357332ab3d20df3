using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using System.Text.Json;

namespace Parking.Codes.Tests;

/// <summary>
/// A code checked with nothing of ours but its text and the published key set, as anybody could: the framework's CBOR and ECDSA, and the
/// few lines of Base45 below.
/// </summary>
public class PublishedKeyTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    [Fact]
    public void Code_WithTheJwksAlone_IsVerified()
    {
        var code = Samples.Mint();
        using var jwks = JsonDocument.Parse(Samples.Keys.ToJwks());

        var claims = VerifyByStandards(code.Text, kid =>
        {
            var name = Convert.ToHexStringLower(kid);
            var jwk = jwks.RootElement.GetProperty("keys").EnumerateArray().Single(key => Text(key, "kid") == name);
            Assert.Equal(("EC", "P-256", "ES256", "sig"), (Text(jwk, "kty"), Text(jwk, "crv"), Text(jwk, "alg"), Text(jwk, "use")));
            return new ECPoint { X = FromBase64Url(Text(jwk, "x")), Y = FromBase64Url(Text(jwk, "y")) };
        });

        Assert.Equal(code.ExpiresAt.ToUnixTimeSeconds(), claims.ExpiresAt);
        Assert.Equal(code.IssuedAt.ToUnixTimeSeconds(), claims.IssuedAt);
        Assert.Equal(code.Id.ToByteArray(), claims.Id);
    }

    [Fact]
    public void Code_WithTheCoseKeySetAlone_IsVerified()
    {
        var code = Samples.Mint();

        var claims = VerifyByStandards(code.Text, kid =>
        {
            var set = new CborReader(Samples.Keys.ToCoseKeySet(), CborConformanceMode.Canonical);
            for (var left = set.ReadStartArray(); left > 0; left--)
            {
                var key = new Dictionary<int, object>();
                for (var members = set.ReadStartMap(); members > 0; members--)
                {
                    key.Add(set.ReadInt32(), ReadValue(set));
                }

                set.ReadEndMap();
                if (((byte[])key[2]).AsSpan().SequenceEqual(kid))
                {
                    Assert.Equal((2, -7, 1), ((int)key[1], (int)key[3], (int)key[-1]));
                    return new ECPoint { X = (byte[])key[-2], Y = (byte[])key[-3] };
                }
            }

            throw new KeyNotFoundException();
        });

        Assert.Equal(code.Id.ToByteArray(), claims.Id);
        Assert.Equal(code.ExpiresAt.ToUnixTimeSeconds(), claims.ExpiresAt);
    }

    [Fact]
    public void Code_WithTheFrameworksCose_IsVerified()
    {
        var message = CoseMessage.DecodeSign1(FromBase45(Samples.Mint().Text[4..]));
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Samples.Key.PublicKey.X.ToArray(), Y = Samples.Key.PublicKey.Y.ToArray() },
        });

        Assert.True(message.VerifyEmbedded(key));
        Assert.Equal(2, message.ProtectedHeaders.Count);
        Assert.Empty(message.UnprotectedHeaders);
        Assert.Equal(Samples.Key.Id.ToByteArray(), message.ProtectedHeaders[CoseHeaderLabel.KeyIdentifier].GetValueAsBytes());
    }

    [Fact]
    public void Code_MadeWithTheFrameworksCose_IsAcceptedByOurs()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var verificationKey = new VerificationKey(point.X, point.Y);
        var headers = new CoseHeaderMap { { CoseHeaderLabel.KeyIdentifier, verificationKey.Id.ToByteArray() } };
        var signer = new CoseSigner(key, HashAlgorithmName.SHA256, headers);
        var tagged = CoseSign1Message.SignEmbedded(CodeForge.RightClaims(), signer);

        // The framework writes the tag for COSE_Sign1 (18) before it, one byte; our codes are untagged.
        Assert.Equal(0xD2, tagged[0]);
        var check = new CodeVerifier(new PublicKeySet([verificationKey])).Verify(Samples.TextOf(tagged.AsSpan(1)), Samples.Now);

        Assert.Equal(CodeRefusal.None, check.Refusal);
    }

    private static (long ExpiresAt, long IssuedAt, byte[] Id) VerifyByStandards(string text, Func<byte[], ECPoint> findKey)
    {
        Assert.StartsWith("SP1:", text, StringComparison.Ordinal);
        var sign1 = new CborReader(FromBase45(text[4..]), CborConformanceMode.Canonical);
        Assert.Equal(4, sign1.ReadStartArray());
        var protectedHeader = sign1.ReadByteString();
        Assert.Equal(0, sign1.ReadStartMap());
        sign1.ReadEndMap();
        var payload = sign1.ReadByteString();
        var signature = sign1.ReadByteString();
        sign1.ReadEndArray();
        Assert.Equal(0, sign1.BytesRemaining);

        var header = new CborReader(protectedHeader, CborConformanceMode.Canonical);
        Assert.Equal((2, 1, -7, 4), (header.ReadStartMap(), header.ReadInt32(), header.ReadInt32(), header.ReadInt32()));
        var point = findKey(header.ReadByteString());

        var toBeSigned = new CborWriter(CborConformanceMode.Canonical);
        toBeSigned.WriteStartArray(4);
        toBeSigned.WriteTextString("Signature1");
        toBeSigned.WriteByteString(protectedHeader);
        toBeSigned.WriteByteString([]);
        toBeSigned.WriteByteString(payload);
        toBeSigned.WriteEndArray();
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        Assert.True(key.VerifyData(toBeSigned.Encode(), signature, HashAlgorithmName.SHA256));

        var claims = new CborReader(payload, CborConformanceMode.Canonical);
        Assert.Equal((3, 4), (claims.ReadStartMap(), claims.ReadInt32()));
        var expiresAt = claims.ReadInt64();
        Assert.Equal(6, claims.ReadInt32());
        var issuedAt = claims.ReadInt64();
        Assert.Equal(7, claims.ReadInt32());
        return (expiresAt, issuedAt, claims.ReadByteString());
    }

    internal static byte[] FromBase45(string text)
    {
        var bytes = new List<byte>();
        foreach (var group in text.Chunk(3))
        {
            var value = group.Reverse().Aggregate(0, (sum, digit) => (sum * 45) + Alphabet.IndexOf(digit, StringComparison.Ordinal));
            if (group.Length == 3)
            {
                bytes.Add((byte)(value / 256));
            }

            bytes.Add((byte)(value % 256));
        }

        return [.. bytes];
    }

    private static object ReadValue(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.ByteString:
                return reader.ReadByteString();
            case CborReaderState.StartArray:
                return reader.ReadEncodedValue();
            default:
                return reader.ReadInt32();
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    internal static byte[] FromBase64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4));
}
