using Parking.QrReader.Decoding;

namespace Parking.QrReader.Tests.Decoding;

public sealed class FormatInformationTests
{
    private static readonly DrawnSymbol Symbol = DrawnSymbol.Of("FORMAT", ErrorCorrectionLevel.Quartile);

    /// <summary>The codewords of the standard differ in seven bits, so three wrong bits in each copy are corrected.</summary>
    [Fact]
    public void ReadLikeliest_ThreeWrongBitsInEachCopy_IsTheFormat()
    {
        var modules = Symbol.Modules();
        var expected = Read(modules);
        foreach (var (x, y) in new[] { (8, 0), (8, 3), (3, 8) })
        {
            modules[(y * Symbol.Size) + x] ^= true;
        }
        foreach (var (x, y) in new[] { (Symbol.Size - 1, 8), (Symbol.Size - 4, 8), (8, Symbol.Size - 3) })
        {
            modules[(y * Symbol.Size) + x] ^= true;
        }

        Assert.Equal(ErrorCorrectionLevel.Quartile, expected.Level);
        Assert.Equal(expected, Read(modules));
    }

    [Fact]
    public void ReadLikeliest_OneCopyLost_IsTheOther()
    {
        var modules = Symbol.Modules();
        var expected = Read(modules);
        for (var i = 0; i < 6; i++)
        {
            modules[(i * Symbol.Size) + 8] = true;
            modules[(8 * Symbol.Size) + i] = true;
        }

        Assert.Equal(expected, Read(modules));
    }

    private static FormatInformation Read(bool[] modules)
    {
        Span<FormatInformation> formats = new FormatInformation[1];
        Assert.Equal(1, FormatInformation.ReadLikeliest(modules, Symbol.Size, formats));
        return formats[0];
    }
}
