using Parking.Optics.Images;

namespace Parking.QrReader.Tests;

/// <summary>Several symbols in one frame.</summary>
public sealed class ReadAllTests
{
    private const int Columns = 4, Rows = 3, Place = 250;

    private readonly SymbolReader _reader = new();

    [Fact]
    public void ReadAll_TwelveSymbols_GivesEachOnceWhereItLies()
    {
        var sheet = new SymbolSheet(Columns * Place, Rows * Place);
        var texts = new List<string>();
        for (var i = 0; i < Columns * Rows; i++)
        {
            texts.Add(DrawnSymbol.AlphanumericText(new Random(i), 5 + (12 * i)));
            sheet.Lay(Symbol(texts[i]), i % Columns * Place, i / Columns * Place);
        }

        var readings = _reader.ReadAll(sheet.Picture.AsFrame());

        Assert.Equal(texts.Order(), readings.Select(static reading => reading.Text).Order());
        Assert.All(readings, reading =>
        {
            var i = texts.IndexOf(reading.Text);
            Assert.All(reading.Corners, corner =>
            {
                Assert.InRange(corner.X, i % Columns * Place, ((i % Columns) + 1) * Place);
                Assert.InRange(corner.Y, i / Columns * Place, ((i / Columns) + 1) * Place);
            });
        });
    }

    /// <summary>
    /// Each pattern of the twelve equal symbols forms right angles with patterns of other symbols, so most corners are false.
    /// </summary>
    [Fact]
    public void ReadAll_TheSameSymbolTwelveTimes_GivesItTwelveTimes()
    {
        var sheet = new SymbolSheet(Columns * Place, Rows * Place);
        for (var i = 0; i < Columns * Rows; i++)
        {
            sheet.Lay(Symbol("SAME"), i % Columns * Place, i / Columns * Place);
        }

        var readings = _reader.ReadAll(sheet.Picture.AsFrame());

        Assert.Equal(Columns * Rows, readings.Length);
        Assert.All(readings, static reading => Assert.Equal("SAME", reading.Text));
    }

    /// <summary>A sheet of labels has more patterns than one search combines.</summary>
    [Fact]
    public void ReadAll_SheetOfLabels_GivesEachOnce()
    {
        const int Side = 12, Label = 125;
        var sheet = new SymbolSheet(Side * Label, Side * Label);
        var texts = Enumerable.Range(0, Side * Side).Select(static i => $"LABEL {i}").ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            sheet.Lay(Symbol(texts[i]), i % Side * Label, i / Side * Label);
        }

        var readings = _reader.ReadAll(sheet.Picture.AsFrame());

        Assert.Equal(texts.Order(), readings.Select(static reading => reading.Text).Order());
    }

    [Fact]
    public void ReadAll_SymbolWithinASymbol_GivesBoth()
    {
        var outer = DrawnSymbol.Of("OUTER", ErrorCorrectionLevel.High, version: 10).Picture(modulePixels: 8);
        var inner = DrawnSymbol.Of("IN", ErrorCorrectionLevel.Low).Picture(modulePixels: 3);
        var middle = (outer.Width - inner.Width) / 2;

        var readings = _reader.ReadAll(
            new SymbolSheet(outer.Width, outer.Height).Lay(outer, 0, 0).Lay(inner, middle, middle).Picture.AsFrame());

        Assert.Equal(["IN", "OUTER"], readings.Select(static reading => reading.Text).Order());
    }

    [Fact]
    public void ReadAll_PlainMirroredAndInverted_GivesAll()
    {
        var sheet = new SymbolSheet(3 * Place, Place)
            .Lay(Symbol("PLAIN"), 0, 0)
            .Lay(SymbolSheet.Mirrored(Symbol("MIRRORED")), Place, 0)
            .Lay(SymbolSheet.Inverted(Symbol("INVERTED")), 2 * Place, 0);

        var readings = _reader.ReadAll(sheet.Picture.AsFrame()).ToDictionary(static reading => reading.Text);

        Assert.Equal((false, false), (readings["PLAIN"].IsMirrored, readings["PLAIN"].IsInverted));
        Assert.Equal((true, false), (readings["MIRRORED"].IsMirrored, readings["MIRRORED"].IsInverted));
        Assert.Equal((false, true), (readings["INVERTED"].IsMirrored, readings["INVERTED"].IsInverted));
    }

    [Fact]
    public void ReadAll_AsManyAsAreWanted_Stops()
    {
        var sheet = new SymbolSheet(2 * Place, Place).Lay(Symbol("ONE"), 0, 0).Lay(Symbol("TWO"), Place, 0).Picture;

        Assert.Single(_reader.ReadAll(sheet.AsFrame(), most: 1));
        Assert.Equal(2, _reader.ReadAll(sheet.AsFrame(), most: 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _reader.ReadAll(sheet.AsFrame(), most: 0));
    }

    [Fact]
    public void ReadAll_NothingThere_GivesNothing()
    {
        Assert.Empty(_reader.ReadAll(default));
        Assert.Empty(_reader.ReadAll(new SymbolSheet(300, 200).Picture.AsFrame()));
    }

    private static GreyPicture Symbol(string text) => DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium).Picture(modulePixels: 4);
}
