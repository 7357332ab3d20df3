using Parking.Api.Hosting;

namespace Parking.Api.Tests.Hosting;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Control room, left")]
    [InlineData("控制室 左")]
    [InlineData("1")]
    [InlineData("🅿 e\u0301")]
    public void TextOfWhichAllIsSeen_IsOneLine(string text) => Assert.True(PlainText.IsOneLine(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \u00A0\u3000")]
    [InlineData("\u0301\uFE0F")]
    [InlineData("\u3164\uFFA0\u2800")]
    [InlineData("left\u202E")]
    [InlineData("le\u200Bft")]
    [InlineData("\uFEFFleft")]
    [InlineData("left\U000E0041")]
    [InlineData("two\nlines")]
    [InlineData("two\u2028lines")]
    public void TextOfWhichSomethingIsNotSeen_OrNothingIs_IsNotOneLine(string text) => Assert.False(PlainText.IsOneLine(text));

    [Fact]
    public void CleanText_HasWhatIsSeen() => Assert.Equal("left 左", PlainText.Clean("\u202Ele\u0000ft\u2029 \U000E0041左"));
}
