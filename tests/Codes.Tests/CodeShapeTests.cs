namespace Parking.Codes.Tests;

/// <summary>Every way to be nearly a code: each is truly signed, so only its shape can be what refuses it.</summary>
public class CodeShapeTests
{
    private static readonly long Issued = CodeForge.IssuedAt;
    private static readonly byte[] Kid = Samples.Key.Id.ToByteArray();

    [Fact]
    public void Forge_NothingWrong_IsAccepted() =>
        Assert.Equal(CodeRefusal.None, Check(CodeForge.Signed(CodeForge.Header(), CodeForge.RightClaims())));

    [Fact]
    public void Verify_AnyOtherPayload_IsABadShape()
    {
        var (expiry, issue, id) = (CodeForge.Expiry(Issued + 60), CodeForge.Issue(Issued), CodeForge.Id());
        var right = CodeForge.RightClaims();
        var wrong = new Dictionary<string, byte[]>
        {
            ["no expiry"] = CodeForge.Claims(issue, id),
            ["no issue"] = CodeForge.Claims(expiry, id),
            ["no id"] = CodeForge.Claims(expiry, issue),
            ["empty"] = CodeForge.Claims(),
            ["nothing"] = [],
            ["unknown claim"] = CodeForge.Claims((1, writer => writer.WriteTextString("iss")), expiry, issue, id),
            ["unknown claim at the end"] = CodeForge.Claims(expiry, issue, id, (8, writer => writer.WriteInt32(1))),
            ["expiry twice"] = CodeForge.Claims(expiry, expiry, issue, id),
            ["expiry twice, no issue"] = CodeForge.Claims(expiry, expiry, id),
            ["wrong order"] = CodeForge.Claims(issue, expiry, id),
            ["label of a text"] = CodeForge.Encode(writer =>
            {
                writer.WriteStartMap(3);
                writer.WriteTextString("exp");
                expiry.Value(writer);
                writer.WriteInt32(6);
                issue.Value(writer);
                writer.WriteInt32(7);
                id.Value(writer);
                writer.WriteEndMap();
            }),
            ["indefinite map"] = CodeForge.Encode(writer =>
            {
                writer.WriteStartMap(null);
                writer.WriteInt32(4);
                expiry.Value(writer);
                writer.WriteInt32(6);
                issue.Value(writer);
                writer.WriteInt32(7);
                id.Value(writer);
                writer.WriteEndMap();
            }),
            ["id of 15 bytes"] = CodeForge.Claims(expiry, issue, CodeForge.Id(15)),
            ["id of 17 bytes"] = CodeForge.Claims(expiry, issue, CodeForge.Id(17)),
            ["id as text"] = CodeForge.Claims(expiry, issue, (7, writer => writer.WriteTextString("0123456789ABCDEF"))),
            ["time as float"] = CodeForge.Claims((4, writer => writer.WriteDouble(Issued + 60)), issue, id),
            ["time negative"] = CodeForge.Claims(CodeForge.Expiry(-1), issue, id),
            ["time of two bytes"] = CodeForge.Claims(CodeForge.Expiry(ushort.MaxValue), issue, id),
            ["time of eight bytes"] = CodeForge.Claims(CodeForge.Expiry(1L + uint.MaxValue), issue, id),
            ["time tagged"] = [0xA3, 0x04, 0xC1, .. right.AsSpan(2)],
            ["time not in shortest form"] = [0xA3, 0x04, 0x1B, 0, 0, 0, 0, .. right.AsSpan(3, 4), .. right.AsSpan(7)],
            ["map head not in shortest form"] = [0xB8, 0x03, .. right.AsSpan(1)],
            ["label not in shortest form"] = [0xA3, 0x18, 0x04, .. right.AsSpan(2)],
            ["bytes after the end"] = [.. right, 0],
            ["one byte short"] = right[..^1],
            ["an array"] = CodeForge.Encode(writer =>
            {
                writer.WriteStartArray(0);
                writer.WriteEndArray();
            }),
        };

        AssertAllBadShapes(wrong, payload => CodeForge.Signed(CodeForge.Header(), payload));
    }

    [Fact]
    public void Verify_AnyOtherHeader_IsABadShape()
    {
        var right = CodeForge.Header();
        var wrong = new Dictionary<string, byte[]>
        {
            ["nothing"] = [],
            ["empty map"] = [0xA0],
            ["no algorithm"] = [0xA1, 0x04, 0x44, .. Kid],
            ["no key id"] = [0xA1, 0x01, 0x26],
            ["wrong order"] = [0xA2, 0x04, 0x44, .. Kid, 0x01, 0x26],
            ["algorithm twice"] = [0xA2, 0x01, 0x26, 0x01, 0x26],
            ["algorithm twice and key id"] = [0xA3, 0x01, 0x26, 0x01, 0x26, 0x04, 0x44, .. Kid],
            ["unknown header"] = [0xA3, .. right.AsSpan(1), 0x05, 0x41, 0x00],
            ["critical header"] = [0xA3, 0x01, 0x26, 0x02, 0x81, 0x01, 0x04, 0x44, .. Kid],
            ["key id of 3 bytes"] = [0xA2, 0x01, 0x26, 0x04, 0x43, .. Kid.AsSpan(1)],
            ["key id of 5 bytes"] = [0xA2, 0x01, 0x26, 0x04, 0x45, .. Kid, 0],
            ["key id as text"] = [0xA2, 0x01, 0x26, 0x04, 0x64, .. "abcd"u8],
            ["algorithm as text"] = [0xA2, 0x01, 0x65, .. "ES256"u8, 0x04, 0x44, .. Kid],
            ["algorithm not in shortest form"] = [0xA2, 0x01, 0x38, 0x06, 0x04, 0x44, .. Kid],
            ["algorithm beyond 63 bits"] = [0xA2, 0x01, 0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x04, 0x44, .. Kid],
            ["reserved length"] = [0xA2, 0x01, 0x3C, 0x04, 0x44, .. Kid],
            ["bytes after the end"] = [.. right, 0],
        };

        AssertAllBadShapes(wrong, header => CodeForge.Signed(header, CodeForge.RightClaims()));
    }

    [Fact]
    public void Verify_AnyOtherEnvelope_IsABadShape()
    {
        var right = CodeForge.Signed(CodeForge.Header(), CodeForge.RightClaims());
        var signature = right[^64..];
        var wrong = new Dictionary<string, byte[]>
        {
            ["nothing"] = [],
            ["tag 18, COSE_Sign1"] = [0xD2, .. right],
            ["tag 61, CWT"] = [0xD8, 0x3D, .. right],
            ["self-described"] = [0xD9, 0xD9, 0xF7, .. right],
            ["array of 3"] = [0x83, .. right.AsSpan(1)],
            ["array of 5"] = [0x85, .. right.AsSpan(1), 0xF6],
            ["indefinite array"] = [0x9F, .. right.AsSpan(1), 0xFF],
            ["bytes after the end"] = [.. right, 0],
            ["a second code after the end"] = [.. right, .. right],
            ["one byte short"] = right[..^1],
            ["signature of 63 bytes"] = [.. right.AsSpan(0, 46), 0x3F, .. signature.AsSpan(1)],
            ["signature of 65 bytes"] = [.. right.AsSpan(0, 46), 0x41, .. signature, 0],
            ["no signature"] = [.. right.AsSpan(0, 45), 0x40],
            ["unprotected header not empty"] = [.. right.AsSpan(0, 11), 0xA1, 0x04, 0x41, 0x00, .. right.AsSpan(12)],
            ["unprotected header null"] = [.. right.AsSpan(0, 11), 0xF6, .. right.AsSpan(12)],
            ["detached payload"] = [.. right.AsSpan(0, 12), 0xF6, .. right.AsSpan(45)],
            ["payload length not in shortest form"] = [.. right.AsSpan(0, 12), 0x59, 0x00, 0x1F, .. right.AsSpan(14)],
            ["payload in pieces"] = [.. right.AsSpan(0, 12), 0x5F, .. right.AsSpan(12, 33), 0xFF, .. right.AsSpan(45)],
            ["a length beyond all memory"] = [.. right.AsSpan(0, 12), 0x5B, .. Enumerable.Repeat((byte)0xFF, 8), .. right.AsSpan(14)],
        };

        AssertAllBadShapes(wrong, bytes => bytes);
    }

    private static void AssertAllBadShapes(Dictionary<string, byte[]> wrong, Func<byte[], byte[]> toCode)
    {
        var otherwise = wrong
            .Select(pair => (Name: pair.Key, Refusal: Check(toCode(pair.Value))))
            .Where(result => result.Refusal != CodeRefusal.BadShape);
        Assert.Empty(otherwise);
    }

    private static CodeRefusal Check(byte[] bytes) => Samples.Verifier.Verify(Samples.TextOf(bytes), Samples.Now).Refusal;
}
