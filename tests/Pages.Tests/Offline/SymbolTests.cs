using CsCheck;
using Parking.Codes;
using Parking.Optics.Images;
using Parking.Optics.Readers;
using Parking.Pages.Tests.Browser;
using SkiaSharp;

namespace Parking.Pages.Tests.Offline;

/// <summary>
/// The symbols that the phone draws by itself: readers that share no code with it, nor with each other, read what was written, and an
/// encoder that shares no code with it sets the same modules.
/// </summary>
[Collection<SharedService>]
public sealed class SymbolTests(Chromium chromium, LiveService service)
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>Modules a side, with the quiet zone, of version 7.</summary>
    private const int SmallestSide = 53;

    private const int PixelsPerModule = 4;

    /// <summary>
    /// How many characters symbols of the versions 6 to 15 hold at level M (ISO/IEC 18004, table 7). The page uses 7 and larger ones.
    /// </summary>
    private static readonly int[] Capacities = [154, 178, 221, 262, 311, 366, 419, 483, 528, 600];

    private static readonly Gen<string> Texts = Gen.String[Gen.Char[Alphanumeric], 1, Capacities[^1]];

    [Fact]
    public async Task Text_OfAnyLength_IsReadAsItWasWritten()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var readers = new[] { PictureReaders.Own, PictureReaders.ZXing }
            .Select(name => PictureReaders.Create(name, LiveService.Time))
            .ToList();

        await Texts.SampleCasesAsync(Depth.Walks, async text =>
        {
            var picture = PictureOf(await DrawAsync(screen, text));
            Assert.All(readers, reader => Assert.Equal(text, reader.Read(picture).Text));
        });

        await screen.AssertCleanAsync();
    }

    /// <summary>The symbol has its version's size, and all three readers read it.</summary>
    [Fact]
    public async Task ShortestAndLongestText_OfEveryVersion_IsReadByThreeReaders()
    {
        Assert.SkipWhen(PictureReaders.WhyNot(PictureReaders.Zbar) is not null, PictureReaders.WhyNot(PictureReaders.Zbar) ?? "");
        await using var screen = await chromium.OpenModulesAsync(service);
        var readers = PictureReaders.Names.Select(name => PictureReaders.Create(name, LiveService.Time)).ToList();
        var random = RunSeed.RandomFor(nameof(ShortestAndLongestText_OfEveryVersion_IsReadByThreeReaders));

        for (var i = 1; i < Capacities.Length; i++)
        {
            foreach (var length in new[] { Capacities[i - 1] + 1, Capacities[i] })
            {
                var text = TextOf(random, length);
                var symbol = await DrawAsync(screen, text);
                Assert.Equal(SmallestSide + (4 * (i - 1)), symbol.Side);
                var picture = PictureOf(symbol);
                Assert.All(readers, reader => Assert.Equal(text, reader.Read(picture).Text));
            }
        }

        await screen.AssertCleanAsync();
    }

    /// <summary>QRCoder draws the service's codes. It uses smaller symbols too, for texts that are shorter than any code.</summary>
    [Fact]
    public async Task Symbol_IsThatOfAnotherEncoder()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var texts = Gen.String[Gen.Char[Alphanumeric], Capacities[0] + 1, Capacities[^1]];

        await texts.SampleCasesAsync(Depth.DearCases, async text =>
        {
            var other = QrSymbol.Encode(text);
            Assert.Equal(new Symbol(CodeDrawing.SideOf(other), CodeDrawing.ToPath(other)), await DrawAsync(screen, text));
        });
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData("sp2:lower case")]
    [InlineData("沪A12345")]
    public async Task OtherCharacters_AreRefused(string text)
    {
        await using var screen = await chromium.OpenModulesAsync(service);

        Assert.Equal("RangeError", await RefusalAsync(screen, text));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task TextThatDoesNotFit_IsRefused()
    {
        await using var screen = await chromium.OpenModulesAsync(service);

        Assert.Equal("RangeError", await RefusalAsync(screen, new('A', Capacities[^1] + 1)));
        await screen.AssertCleanAsync();
    }

    private static Task<string> RefusalAsync(Screen screen, string text) => screen.CallAsync<string>(
        "symbol.js", "({ symbolOf }, text) => { try { symbolOf(text); return ''; } catch (error) { return error.name; } }", text);

    private static Task<Symbol> DrawAsync(Screen screen, string text) =>
        screen.CallAsync<Symbol>("symbol.js", "({ symbolOf }, text) => symbolOf(text)", text);

    private static string TextOf(Random random, int length) => new(random.GetItems<char>(Alphanumeric, length));

    /// <summary>Drawn by a library, as a browser draws it: black strokes, one module wide, on white.</summary>
    private static GreyPicture PictureOf(Symbol symbol)
    {
        var side = symbol.Side * PixelsPerModule;
        using var bitmap = new SKBitmap(side, side);
        using (var canvas = new SKCanvas(bitmap))
        using (var path = SKPath.ParseSvgPathData(symbol.Path))
        using (var paint = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 1, Color = SKColors.Black })
        {
            canvas.Clear(SKColors.White);
            canvas.Scale(PixelsPerModule);
            canvas.DrawPath(path, paint);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return PictureFile.Decode(png)!;
    }

    private sealed record Symbol(int Side, string Path);
}
