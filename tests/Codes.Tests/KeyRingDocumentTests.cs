using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace Parking.Codes.Tests;

public class KeyRingDocumentTests
{
    private static readonly KeyRing Ring = Samples.Ring.Advance(Samples.Ring.NextChangeAt, CodeForge.AnotherKey);

    [Fact]
    public void Write_ThenRead_IsTheSameRing()
    {
        var back = KeyRingDocument.Read(KeyRingDocument.Write(Ring));

        Assert.Equal(
            Ring.Lives.Select(life => (life.Key.PublicKey, life.AnnouncedAt, life.SignsFrom, life.SignsUntil, life.DropsAt)),
            back.Lives.Select(life => (life.Key.PublicKey, life.AnnouncedAt, life.SignsFrom, life.SignsUntil, life.DropsAt)));
        Assert.Equal(KeyRingDocument.Write(Ring), KeyRingDocument.Write(back));
    }

    [Fact]
    public void Read_ThenMint_GivesCodesOfTheOldRing()
    {
        var back = KeyRingDocument.Read(KeyRingDocument.Write(Ring));
        var code = new CodeMinter(back).Mint(Samples.Holder, Samples.Vehicle, Samples.Now);

        var check = new CodeVerifier(Ring.PublishedAt(Samples.Now)).Verify(code.Text, Samples.Now);

        Assert.True(check.IsAccepted);
        Assert.Equal(new SealedHolder(Samples.Holder, Samples.Vehicle), Ring.SealingKeysAt(Samples.Now).Open(check));
    }

    [Fact]
    public void Read_WithALongerHorizon_KeepsTheTimesAndTakesThePolicy()
    {
        var policy = KeyRingPolicy.Default with { OfflineHorizon = Duration.FromDays(14) };

        var back = KeyRingDocument.Read(KeyRingDocument.Write(Ring), policy);

        Assert.Equal(Ring.Lives[1].SignsFrom, back.Lives[1].SignsFrom);
        Assert.Equal(Ring.Lives[0].DropsAt + Duration.FromDays(7), back.Lives[0].DropsAt);
    }

    [Fact]
    public void Write_SignerIsADevice_Throws() =>
        Assert.Throws<NotSupportedException>(() => KeyRingDocument.Write(
            KeyRing.Found(new SigningKey(new Device(Samples.Key.PublicKey), CodeSeal.Create()), Samples.Now)));

    public static TheoryData<string, string?, string> WrongMembers => new()
    {
        { "version", "3", "version" },
        { "version", null, "$" },
        { "keys", "[]", "keys" },
        { "keys", "[null]", "keys[0]" },
        { "keys", "null", "keys" },
        { "keys", "1", "keys" },
        { "more", "1", "more" },
    };

    [Theory]
    [MemberData(nameof(WrongMembers))]
    public void Read_OneMemberWrong_ThrowsAndSaysWhere(string member, string? json, string place) =>
        AssertRefused(root => Set(root, member, json), place);

    public static TheoryData<string, string?, string> WrongKeyMembers => new()
    {
        { "kid", "\"00000000\"", "keys[1].kid" },
        { "kid", null, "keys[1]" },
        { "announcedAt", "\"yesterday\"", "keys[1].announcedAt" },
        { "announcedAt", "\"2999-01-01T00:00:00Z\"", "keys[1].signsFrom" },
        { "signsFrom", "\"2020-01-01T00:00:00Z\"", "keys[1].signsFrom" },
        { "signsFrom", "1", "keys[1].signsFrom" },
        { "x", "\"AAAA\"", "keys[1].x" },
        { "y", "\"!\"", "keys[1].y" },
        { "y", "null", "keys[1].y" },
        { "d", "\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"", "keys[1]" },
        { "d", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "keys[1]" },
        { "seal", "\"AAAA\"", "keys[1].seal" },
        { "more", "1", "keys[1].more" },
    };

    [Theory]
    [MemberData(nameof(WrongKeyMembers))]
    public void Read_OneMemberOfAKeyWrong_ThrowsAndSaysWhere(string member, string? json, string place) =>
        AssertRefused(root => Set(root["keys"]![1]!.AsObject(), member, json), place);

    [Fact]
    public void Read_KeysOutOfOrderOrTwice_ThrowsAndSaysWhere()
    {
        AssertRefused(root => root["keys"]!.AsArray().Insert(0, root["keys"]![1]!.DeepClone()), "keys[1].signsFrom");
        AssertRefused(root => root["keys"]!.AsArray().Add(root["keys"]![1]!.DeepClone()), "keys[2].kid");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"version\":1,\"keys\":[]}")]
    public void Read_NotADocument_Throws(string json) =>
        Assert.Throws<FormatException>(() => KeyRingDocument.Read(Encoding.UTF8.GetBytes(json)));

    private static void Set(JsonObject parent, string member, string? json)
    {
        if (json is null)
        {
            parent.Remove(member);
        }
        else
        {
            parent[member] = JsonNode.Parse(json);
        }
    }

    private static void AssertRefused(Action<JsonObject> change, string place)
    {
        var root = JsonNode.Parse(KeyRingDocument.Write(Ring))!.AsObject();
        var secret = root["keys"]![1]!["seal"]!.GetValue<string>();
        change(root);

        var thrown = Assert.Throws<FormatException>(() => KeyRingDocument.Read(Encoding.UTF8.GetBytes(root.ToJsonString())));

        Assert.Contains(place, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, thrown.ToString(), StringComparison.Ordinal);
    }

    private sealed class Device(VerificationKey publicKey) : ICodeSigner
    {
        public VerificationKey PublicKey => publicKey;

        public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => throw new NotSupportedException();
    }
}
