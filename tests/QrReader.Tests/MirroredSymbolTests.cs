namespace Parking.QrReader.Tests;

/// <summary>Symbols seen in a mirror or through glass from behind.</summary>
public sealed class MirroredSymbolTests
{
    private readonly SymbolReader _reader = new();

    [Fact]
    public void Read_MirroredSymbolOfManyVersions_GivesTheText()
    {
        for (var version = 1; version <= 40; version += 3)
        {
            var text = DrawnSymbol.AlphanumericText(new Random(version), 10);
            var picture = DrawnSymbol.Of(text, ErrorCorrectionLevel.Quartile, version).Picture(modulePixels: 3);

            var reading = _reader.Read(SymbolSheet.Mirrored(picture).AsFrame());

            Assert.Equal((text, true, version), (reading?.Text, reading?.IsMirrored, reading?.Version));
            Assert.False(_reader.Read(picture.AsFrame())?.IsMirrored);
        }
    }

    /// <summary>In a mirror the symbol's top left corner is on the right, and the corners run counter-clockwise.</summary>
    [Fact]
    public void Read_MirroredSymbol_NamesItsCornersAsItStandsUpright()
    {
        const int ModulePixels = 5, QuietZone = 4;
        var symbol = DrawnSymbol.Of("SP1:HELLO", ErrorCorrectionLevel.Medium);

        var reading = _reader.Read(SymbolSheet.Mirrored(symbol.Picture(ModulePixels)).AsFrame());

        Assert.NotNull(reading);
        float near = QuietZone * ModulePixels, far = (QuietZone + symbol.Size) * ModulePixels;
        FramePoint[] expected = [new(far, near), new(near, near), new(near, far), new(far, far)];
        foreach (var (corner, place) in reading.Corners.Zip(expected))
        {
            Assert.Equal(place.X, corner.X, ModulePixels / 4f);
            Assert.Equal(place.Y, corner.Y, ModulePixels / 4f);
        }
    }
}
