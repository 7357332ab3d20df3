using System.Text;
using CsCheck;

namespace Parking.Codes.Tests;

public class Base45Tests
{
    // RFC 9285, sections 4.3 and 4.4.
    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void Encode_ExampleOfTheStandard_GivesItsText(string plain, string encoded)
    {
        Assert.Equal(encoded, Base45.Encode(Encoding.ASCII.GetBytes(plain)));

        var bytes = new byte[Base45.GetDecodedLength(encoded.Length)];
        Assert.True(Base45.TryDecode(encoded, bytes, out var written));
        Assert.Equal(plain, Encoding.ASCII.GetString(bytes, 0, written));
    }

    [Theory]
    [InlineData("FGW", true)] // 65535, the largest group
    [InlineData("GGW", false)] // RFC 9285, section 6: 65536
    [InlineData(":::", false)]
    [InlineData("U5", true)] // 255, the largest last pair
    [InlineData("V5", false)]
    [InlineData("A", false)]
    [InlineData("BB8A", false)]
    [InlineData("bb8", false)]
    [InlineData("BB_", false)]
    [InlineData("BBé", false)]
    [InlineData("BB\0", false)]
    [InlineData("BB\uD800", false)]
    public void TryDecode_EdgeOfTheAlphabetOrRange_IsExact(string text, bool valid)
    {
        var decoded = Base45.TryDecode(text, new byte[16], out var written);

        Assert.Equal(valid, decoded);
        Assert.Equal(valid, written > 0);
    }

    [Fact]
    public void TryDecode_DestinationTooShort_IsFalse()
    {
        Assert.False(Base45.TryDecode("BB8", new byte[1], out var written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Encode_AnyBytes_DecodesBack() =>
        Gen.Byte.Array[0, 300].SampleCases(Depth.Cases, bytes =>
        {
            var text = Base45.Encode(bytes);
            var back = new byte[Base45.GetDecodedLength(text.Length)];

            Assert.Equal(Base45.GetEncodedLength(bytes.Length), text.Length);
            Assert.True(Base45.TryDecode(text, back, out var written));
            Assert.Equal(bytes, back[..written]);
        });

    [Fact]
    public void TryDecode_AnyTextThatDecodes_IsTheOnlyTextOfItsBytes() =>
        Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"].Array[0, 12].SampleCases(Depth.Cases, characters =>
        {
            var bytes = new byte[8];
            if (Base45.TryDecode(characters, bytes, out var written))
            {
                Assert.Equal(new string(characters), Base45.Encode(bytes.AsSpan(0, written)));
            }
        });
}
