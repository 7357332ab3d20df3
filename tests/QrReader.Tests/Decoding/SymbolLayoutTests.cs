using Parking.QrReader.Decoding;

namespace Parking.QrReader.Tests.Decoding;

public sealed class SymbolLayoutTests
{
    /// <summary>Rows of the standard's table E.1, among them version 32, the exception to the rule of the others.</summary>
    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(2, new[] { 6, 18 })]
    [InlineData(7, new[] { 6, 22, 38 })]
    [InlineData(22, new[] { 6, 26, 50, 74, 98 })]
    [InlineData(32, new[] { 6, 34, 60, 86, 112, 138 })]
    [InlineData(36, new[] { 6, 24, 50, 76, 102, 128, 154 })]
    [InlineData(40, new[] { 6, 30, 58, 86, 114, 142, 170 })]
    public void AlignmentCentres_Version_AreThoseOfTheStandard(int version, int[] expected) =>
        Assert.Equal(expected, SymbolLayout.AlignmentCentres(version));

    /// <summary>Total codewords of the standard's table 1.</summary>
    [Theory]
    [InlineData(1, 26)]
    [InlineData(2, 44)]
    [InlineData(7, 196)]
    [InlineData(14, 581)]
    [InlineData(40, 3706)]
    public void CodewordCount_Version_IsThatOfTheStandard(int version, int expected) =>
        Assert.Equal(expected, SymbolLayout.For(version).CodewordCount);

    /// <summary>In every version, the symbol of another encoder has these modules in the colours that the layout expects.</summary>
    [Fact]
    public void KnownModules_EveryVersion_AreDrawnSo()
    {
        for (var version = 1; version <= 40; version++)
        {
            var symbol = DrawnSymbol.Of("7", ErrorCorrectionLevel.Low, version);
            var layout = SymbolLayout.For(version);
            Assert.All(layout.DarkModules.X.Zip(layout.DarkModules.Y), centre =>
                Assert.True(symbol.IsDark((int)centre.First, (int)centre.Second)));
            Assert.All(layout.LightModules.X.Zip(layout.LightModules.Y), centre =>
                Assert.False(symbol.IsDark((int)centre.First, (int)centre.Second)));
        }
    }
}
