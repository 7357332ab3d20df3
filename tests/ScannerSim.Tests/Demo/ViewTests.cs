using CsCheck;
using Parking.ScannerSim.Demo.Views;
using Spectre.Console;

namespace Parking.ScannerSim.Tests.Demo;

public class ViewTests
{
    [Theory]
    [InlineData("abc", 5, "abc  ")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("车位已满", 8, "车位已满")]
    [InlineData("车位已满", 7, "车位已…")]
    [InlineData("车位已满", 6, "车位… ")]
    [InlineData("abc", 0, "")]
    public void Fit_Text_TakesExactlyTheWidth(string text, int width, string expected) => Assert.Equal(expected, Cells.Fit(text, width));

    [Fact]
    public void Fit_AnyText_TakesExactlyTheWidth() => Gen.Select(Gen.Char["ab 车满·✔"].Array[0, 20], Gen.Int[0, 30]).SampleCases(
        Depth.Cases,
        (text, width) => Assert.Equal(width, Cells.Fit(new string(text), width).GetCellWidth()));

    [Theory]
    [InlineData(0, 8, "        ")]
    [InlineData(1, 500, "▏       ")]
    [InlineData(4, 8, "████    ")]
    [InlineData(8, 8, "████████")]
    [InlineData(30, 24, "████████")]
    public void Draw_Share_IsThatPartOfTheBar(int value, int whole, string expected) => Assert.Equal(expected, Bar.Draw(value, whole, 8));
}
