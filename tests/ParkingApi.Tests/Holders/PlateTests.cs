using Parking.Accounts;

namespace Parking.Api.Tests.Holders;

public sealed class PlateTests
{
    [Theory]
    [InlineData("沪A12345", "沪A12345")]
    [InlineData("沪A·12345", "沪A12345")]
    [InlineData("沪A•123 45", "沪A12345")]
    [InlineData(" 沪a12345 ", "沪A12345")]
    [InlineData("粤Z1234港", "粤Z1234港")]
    [InlineData("b mw 1", "BMW1")]
    [InlineData("沪Ａ１２３４５", "沪A12345")]
    [InlineData("沪ａ．１２３－４５", "沪A12345")]
    [InlineData("沪A-12345", "沪A12345")]
    [InlineData("M–AB 1234", "MAB1234")]
    [InlineData("沪A.123・45", "沪A12345")]
    [InlineData("沪A\u00A012\u2011345", "沪A12345")]
    [InlineData("ABCDEFGHIJKL", "ABCDEFGHIJKL")]
    public void Plate_AsTyped_IsBroughtToOneForm(string typed, string expected)
    {
        Assert.True(Plate.TryParse(typed, out var plate));
        Assert.Equal(expected, plate.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" · ")]
    [InlineData("ABCDEFGHIJKLM")]
    [InlineData("А123")] // A Cyrillic А, which looks like another letter.
    [InlineData("A1\n")]
    [InlineData("\uD83D\uDE97")]
    [InlineData("A                                         1")]
    public void Plate_OfSomethingElse_IsNone(string? typed) => Assert.False(Plate.TryParse(typed, out _));

    [Fact]
    public void Plate_PutIntoALogLine_DoesNotShow()
    {
        Assert.True(Plate.TryParse("沪A12345", out var plate));
        Assert.Equal("plate", $"{plate}");
    }
}
