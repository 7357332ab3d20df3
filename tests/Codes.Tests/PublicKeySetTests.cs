using System.Formats.Cbor;
using System.Text;
using System.Text.Json.Nodes;

namespace Parking.Codes.Tests;

public class PublicKeySetTests
{
    private static readonly PublicKeySet Three = new([.. Enumerable.Range(0, 3).Select(_ => CodeForge.AnotherKey().PublicKey)]);

    [Fact]
    public void Thumbprint_ExampleOfTheStandard_IsItsValue()
    {
        // RFC 9679, section 6: the EC2 key of RFC 9052's examples.
        var key = new VerificationKey(
            Convert.FromHexString("65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d"),
            Convert.FromHexString("1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c"));

        Assert.Equal("496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec", Convert.ToHexStringLower(key.Thumbprint));
        Assert.Equal(KeyId.Parse("496bd8af"), key.Id);
    }

    [Fact]
    public void Constructor_KeysInAnyOrder_GiveTheSameSetAndBytes()
    {
        var reversed = new PublicKeySet(Three.Keys.Reverse());

        Assert.Equal(Three, reversed);
        Assert.Equal(Three.GetHashCode(), reversed.GetHashCode());
        Assert.Equal(Three.ToJwks(), reversed.ToJwks());
        Assert.Equal(Three.ToCoseKeySet(), reversed.ToCoseKeySet());
        Assert.Equal(Three.Keys.Select(key => key.Id.Value).Order(), Three.Keys.Select(key => key.Id.Value));
        Assert.NotEqual(Three, new PublicKeySet(Three.Keys.Skip(1)));
    }

    [Fact]
    public void Constructor_OneKeyTwice_Throws() =>
        Assert.Throws<ArgumentException>(() => new PublicKeySet([Samples.Key.PublicKey, Samples.Key.PublicKey]));

    [Fact]
    public void Constructor_PointOffTheCurve_Throws()
    {
        var y = Samples.Key.PublicKey.Y.ToArray();
        y[31] ^= 1;

        Assert.Throws<ArgumentException>(() => new VerificationKey(Samples.Key.PublicKey.X, y));
        Assert.Throws<ArgumentException>(() => new VerificationKey(new byte[32], new byte[32]));
        Assert.Throws<ArgumentException>(() => new VerificationKey(new byte[31], new byte[32]));
    }

    [Fact]
    public void Jwks_WrittenAndRead_IsTheSameSet() => Assert.Equal(Three, PublicKeySet.FromJwks(Three.ToJwks()));

    [Fact]
    public void CoseKeySet_WrittenAndRead_IsTheSameSet() => Assert.Equal(Three, PublicKeySet.FromCoseKeySet(Three.ToCoseKeySet()));

    [Fact]
    public void Published_EitherForm_HoldsNoPrivatePart()
    {
        var json = JsonNode.Parse(Samples.Keys.ToJwks())!["keys"]![0]!.AsObject();

        Assert.Equal(["kty", "crv", "x", "y", "kid", "alg", "use"], json.Select(member => member.Key));
    }

    [Fact]
    public void FromJwks_KeysOfOtherKinds_ArePassedOver()
    {
        var set = JsonNode.Parse(Three.ToJwks())!;
        var keys = set["keys"]!.AsArray();
        keys.Insert(0, JsonNode.Parse("""{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"x","x":"AA"}"""));
        keys.Add(JsonNode.Parse("""{"kty":"EC","crv":"P-384","alg":"ES384","kid":"y"}"""));
        keys.Add(JsonNode.Parse("""{"kty":"EC","crv":"P-256","alg":"ECDH-ES","use":"enc","kid":"z"}"""));
        keys[1]!["x5t"] = "a member that is not known";
        set["more"] = 1;

        Assert.Equal(Three, PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(set.ToJsonString())));
    }

    public static TheoryData<string, string> WrongJwks => new()
    {
        { "", "Not a JWK set" },
        { "[]", "Not a JWK set" },
        { "{}", "Not a JWK set" },
        { """{"keys":{}}""", "Not a JWK set" },
        { """{"keys":[]}""", "none" },
        { """{"keys":[1]}""", "keys[0]" },
        { """{"keys":[{"kty":1}]}""", "keys[0].kty" },
        { """{"keys":[],"keys":[]}""", "Not a JWK set" },
    };

    [Theory]
    [MemberData(nameof(WrongJwks))]
    public void FromJwks_NotASet_ThrowsAndSaysWhere(string json, string place)
    {
        var thrown = Assert.Throws<FormatException>(() => PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(place, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", null)]
    [InlineData("x", "")]
    [InlineData("x", "AAAA")]
    [InlineData("x", "!!!")]
    [InlineData("x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // no point of the curve
    [InlineData("y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("kid", null)]
    [InlineData("kid", "00000000")]
    [InlineData("kid", "a key")]
    [InlineData("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void FromJwks_OneMemberWrong_ThrowsAndSaysWhere(string member, string? value)
    {
        var set = JsonNode.Parse(Three.ToJwks())!;
        if (value is null)
        {
            set["keys"]![1]!.AsObject().Remove(member);
        }
        else
        {
            set["keys"]![1]![member] = value;
        }

        var thrown = Assert.Throws<FormatException>(() => PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(set.ToJsonString())));
        Assert.StartsWith("keys[1]", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromJwks_OneKeyTwice_Throws()
    {
        var set = JsonNode.Parse(Three.ToJwks())!;
        set["keys"]!.AsArray().Add(set["keys"]![0]!.DeepClone());

        Assert.Throws<FormatException>(() => PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(set.ToJsonString())));
    }

    [Fact]
    public void FromCoseKeySet_EveryTruncationAndByteChange_GivesTheSameSetOrThrowsFormatException()
    {
        var bytes = new PublicKeySet([Samples.Key.PublicKey]).ToCoseKeySet();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => PublicKeySet.FromCoseKeySet(bytes.AsMemory(0, length)));
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var bit in new[] { 1, 2, 4, 8, 16, 32, 64, 128 })
            {
                var changed = bytes.ToArray();
                changed[at] ^= (byte)bit;
                var thrown = Record.Exception(() => Assert.Equal(Samples.Keys, PublicKeySet.FromCoseKeySet(changed)));
                Assert.True(thrown is null or FormatException, $"byte {at}, bit {bit}: {thrown}");
            }
        }

        Assert.Throws<FormatException>(() => PublicKeySet.FromCoseKeySet((byte[])[.. bytes, 0]));
    }

    [Fact]
    public void FromCoseKeySet_KeysOfOtherKindsAndOtherEncodings_AreReadAround()
    {
        var key = Samples.Key.PublicKey;
        var set = CodeForge.Encode(writer =>
        {
            writer.WriteStartArray(null);
            writer.WriteStartMap(2); // OKP
            writer.WriteInt32(1);
            writer.WriteInt32(1);
            writer.WriteInt32(-1);
            writer.WriteTextString("a curve by name");
            writer.WriteEndMap();
            writer.WriteStartMap(null); // ours, in another order, with labels that are not known
            writer.WriteTextString("note");
            writer.WriteTextString("text");
            Bytes(writer, -3, key.Y.ToArray());
            Bytes(writer, -2, key.X.ToArray());
            Bytes(writer, 2, key.Id.ToByteArray());
            Numbers(writer, (-1, 1), (1, 2), (3, -7), (99, 0));
            writer.WriteEndMap();
            writer.WriteEndArray();
        });

        Assert.Equal(Samples.Keys, PublicKeySet.FromCoseKeySet(set));
    }

    [Fact]
    public void FromCoseKeySet_WithAPrivatePart_Throws()
    {
        var set = CodeForge.Encode(writer =>
        {
            writer.WriteStartArray(1);
            writer.WriteStartMap(2);
            Numbers(writer, (1, 2));
            Bytes(writer, -4, new byte[32]);
            writer.WriteEndMap();
            writer.WriteEndArray();
        });

        var thrown = Assert.Throws<FormatException>(() => PublicKeySet.FromCoseKeySet(set));
        Assert.Contains("private", thrown.Message, StringComparison.Ordinal);
    }

    private static void Bytes(CborWriter writer, int label, byte[] value)
    {
        writer.WriteInt32(label);
        writer.WriteByteString(value);
    }

    private static void Numbers(CborWriter writer, params (int Label, int Value)[] members)
    {
        foreach (var (label, value) in members)
        {
            writer.WriteInt32(label);
            writer.WriteInt32(value);
        }
    }
}
