using System.Globalization;
using System.Text.RegularExpressions;

namespace Parking.Codes.Tests;

public partial class CodeDrawingTests
{
    private const int Margin = QrSymbol.QuietZone;

    [Fact]
    public void Encode_Code_IsVersion7()
    {
        var symbol = QrSymbol.Encode(Samples.Mint().Text);

        Assert.Equal(17 + (4 * 7), symbol.Size);
    }

    [Fact]
    public void Encode_Code_HasItsThreeFinderPatternsAndALightSurround()
    {
        var symbol = QrSymbol.Encode(Samples.Mint().Text);
        var far = symbol.Size - 7;

        foreach (var (left, top) in new[] { (0, 0), (far, 0), (0, far) })
        {
            for (var i = 0; i < 7; i++)
            {
                for (var j = 0; j < 7; j++)
                {
                    // Dark ring, light ring, dark square of three.
                    var ring = Math.Max(Math.Abs(i - 3), Math.Abs(j - 3));
                    Assert.Equal(ring != 2, symbol[left + i, top + j]);
                }
            }
        }

        Assert.False(symbol[-1, 0]);
        Assert.False(symbol[0, -1]);
        Assert.False(symbol[symbol.Size, 0]);
        Assert.False(symbol[0, symbol.Size]);
        Assert.False(symbol[int.MinValue, int.MaxValue]);
    }

    [Fact]
    public void Encode_CodeSymbol_StatesLevelM()
    {
        // Format information (ISO/IEC 18004, 7.9): beside the upper left finder its two first bits, masked with 10, are 00 for level M.
        var symbol = QrSymbol.Encode(Samples.Mint().Text);

        Assert.Equal((true, false), (symbol[0, 8], symbol[1, 8]));
    }

    [Fact]
    public void Encode_NoTextOrTooMuch_Throws()
    {
        Assert.Throws<ArgumentException>(() => QrSymbol.Encode(""));
        Assert.Throws<ArgumentNullException>(() => QrSymbol.Encode(null!));
        Assert.Throws<ArgumentException>(() => QrSymbol.Encode(new string('A', 3392)));
        Assert.Equal(177, QrSymbol.Encode(new string('A', 3391)).Size);
    }

    [Fact]
    public void ToSvg_AnyCode_DrawsItsModulesInOnePath()
    {
        for (var i = 0; i < 20; i++)
        {
            var text = Samples.Mint().Text;
            var symbol = QrSymbol.Encode(text);
            var svg = CodeDrawing.ToSvg(symbol);

            Assert.Equal(svg, CodeDrawing.ToSvg(text));
            Assert.Contains($"d=\"{CodeDrawing.ToPath(symbol)}\"", svg, StringComparison.Ordinal);
            Assert.Equal(symbol.Size + 8, CodeDrawing.SideOf(symbol));
            Assert.Contains($"viewBox=\"0 0 {symbol.Size + 8} {symbol.Size + 8}\"", svg, StringComparison.Ordinal);
            Assert.DoesNotContain(text, svg, StringComparison.Ordinal);
            AssertDraws(symbol, ModulesOfPath(Assert.Single(SvgPath().Matches(svg)).Groups[1].Value));
        }
    }

    [Fact]
    public void ToTerminal_AnyCode_DrawsTheLightModules()
    {
        for (var i = 0; i < 20; i++)
        {
            var text = Samples.Mint().Text;
            var symbol = QrSymbol.Encode(text);
            var drawn = CodeDrawing.ToTerminal(symbol);
            Assert.Equal(drawn, CodeDrawing.ToTerminal(text));

            var lines = drawn.Split('\n');
            Assert.Empty(lines[^1]);
            var side = symbol.Size + (2 * Margin);
            Assert.Equal((side + 1) / 2, lines.Length - 1);
            for (var y = 0; y < side; y++)
            {
                var line = lines[y / 2];
                Assert.Equal(side, line.Length);
                for (var x = 0; x < side; x++)
                {
                    var light = y % 2 == 0 ? line[x] is '█' or '▀' : line[x] is '█' or '▄';
                    Assert.Equal(symbol[x - Margin, y - Margin], !light);
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void ToPng_ModuleSizeOutOfRange_Throws(int pixels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CodeDrawing.ToPng("A", pixels));

    [Fact]
    public void ToPng_AnySize_HasTheSideItStates()
    {
        var png = CodeDrawing.ToPng(Samples.Mint().Text, 3);

        // The first chunk's width and height, big-endian.
        Assert.Equal([0x89, .. "PNG"u8], png[..4]);
        Assert.Equal(53 * 3, (png[18] << 8) | png[19]);
        Assert.Equal(53 * 3, (png[22] << 8) | png[23]);
    }

    [Fact]
    public async Task ToPng_SixtyCodes_AreAllReadByAnIndependentReader()
    {
        if (!ZbarImage.IsInstalled)
        {
            Assert.Skip("zbarimg (Debian package zbar-tools) is not on the PATH.");
        }

        using var folder = new TempFolder();
        var texts = Enumerable.Range(0, 60).Select(_ => Samples.Mint().Text).ToArray();
        var files = texts.Select((text, i) =>
        {
            var file = folder.PathOf($"{i:000}.png");
            File.WriteAllBytes(file, CodeDrawing.ToPng(text, 3 + (i % 6)));
            return file;
        }).ToArray();

        Assert.Equal(texts, await ZbarImage.ReadAsync(files, TestContext.Current.CancellationToken));
    }

    private static void AssertDraws(QrSymbol symbol, HashSet<(int X, int Y)> dark)
    {
        for (var y = -Margin; y < symbol.Size + Margin; y++)
        {
            for (var x = -Margin; x < symbol.Size + Margin; x++)
            {
                Assert.Equal(symbol[x, y], dark.Remove((x + Margin, y + Margin)));
            }
        }

        Assert.Empty(dark);
    }

    // A stroke of width 1 along y + ½, from x to x + n, covers the modules x to x + n − 1 of row y.
    private static HashSet<(int X, int Y)> ModulesOfPath(string path)
    {
        var dark = new HashSet<(int, int)>();
        var (x, y) = (0, 0);
        foreach (Match step in PathStep().Matches(path))
        {
            var first = int.Parse(step.Groups["first"].Value, CultureInfo.InvariantCulture);
            switch (step.Groups["command"].Value)
            {
                case "M":
                    (x, y) = (first, int.Parse(step.Groups["second"].Value, CultureInfo.InvariantCulture));
                    Assert.Equal(".5", step.Groups["half"].Value);
                    break;
                case "m":
                    x += first;
                    Assert.Equal("0", step.Groups["second"].Value);
                    break;
                default:
                    for (var end = x + first; x < end; x++)
                    {
                        Assert.True(dark.Add((x, y)));
                    }

                    break;
            }
        }

        Assert.Equal(path, string.Concat(PathStep().Matches(path).Select(step => step.Value)));
        return dark;
    }

    [GeneratedRegex("<path [^>]*?d=\"([^\"]*)\"")]
    private static partial Regex SvgPath();

    [GeneratedRegex("(?<command>[Mmh])(?<first>\\d+)(?: (?<second>\\d+)(?<half>\\.5)?)?")]
    private static partial Regex PathStep();
}
