using CsCheck;

namespace Parking.Codes.Tests;

public class IdentifierTests
{
    [Fact]
    public void HolderId_AnyValue_ReadsBackFromItsText() =>
        Gen.ULong.SampleCases(Depth.Cases, value =>
        {
            var id = new HolderId(value);
            Assert.Equal(16, id.ToString().Length);
            Assert.Equal(id, HolderId.Parse(id.ToString()));
        });

    [Fact]
    public void CodeId_AnyBytes_ReadBackFromTextAndBytes() =>
        Gen.Byte.Array[CodeId.Size].SampleCases(Depth.Cases, bytes =>
        {
            var id = new CodeId(bytes);
            Assert.Equal(Convert.ToHexStringLower(bytes), id.ToString());
            Assert.Equal(id, CodeId.Parse(id.ToString()));
            Assert.Equal(bytes, id.ToByteArray());
        });

    [Fact]
    public void KeyId_AnyValue_ReadsBackFromTextAndBytes() =>
        Gen.UInt.SampleCases(Depth.Cases, value =>
        {
            var id = new KeyId(value);
            Assert.Equal(Convert.ToHexStringLower(id.ToByteArray()), id.ToString());
            Assert.Equal(id, KeyId.Parse(id.ToString()));
            Assert.Equal(id, KeyId.FromBytes(id.ToByteArray()));
        });

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef0")]
    [InlineData("0123456789abcdeg")]
    [InlineData(" 123456789abcdef")]
    [InlineData("-123456789abcdef")]
    [InlineData("0x23456789abcdef")]
    public void HolderId_OtherText_IsRefused(string text)
    {
        Assert.False(HolderId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => HolderId.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456")]
    [InlineData("012345678")]
    [InlineData("0123456g")]
    [InlineData(" 1234567")]
    public void KeyId_OtherText_IsRefused(string text)
    {
        Assert.False(KeyId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => KeyId.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdefg")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    public void CodeId_OtherText_IsRefused(string text)
    {
        Assert.False(CodeId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => CodeId.Parse(text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void CodeId_OtherNumberOfBytes_IsRefused(int size) => Assert.Throws<ArgumentException>(() => new CodeId(new byte[size]));

    [Fact]
    public void CodeRefusal_Numbers_AreFrozen() =>
        Assert.Equal(
            [
                (CodeRefusal.None, 0),
                (CodeRefusal.NotACode, 10),
                (CodeRefusal.BadEncoding, 11),
                (CodeRefusal.BadShape, 12),
                (CodeRefusal.UnsupportedAlgorithm, 13),
                (CodeRefusal.UnknownKey, 14),
                (CodeRefusal.BadSignature, 15),
                (CodeRefusal.NotYetValid, 16),
                (CodeRefusal.Expired, 17),
                (CodeRefusal.BadCertificate, 18),
                (CodeRefusal.OutsideCertificate, 19),
            ],
            Enum.GetValues<CodeRefusal>().Select(refusal => (refusal, (int)refusal)));

    [Fact]
    public void KeyPhase_Numbers_AreFrozen() =>
        Assert.Equal(
            [(KeyPhase.Announced, 1), (KeyPhase.Signing, 2), (KeyPhase.Retired, 3), (KeyPhase.Dropped, 4), (KeyPhase.Revoked, 5)],
            Enum.GetValues<KeyPhase>().Select(phase => (phase, (int)phase)));
}
