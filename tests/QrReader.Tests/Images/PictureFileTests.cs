using Parking.Optics.Images;
using SkiaSharp;

namespace Parking.QrReader.Tests.Images;

public sealed class PictureFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SavedPng_IsTheSamePicture()
    {
        var pixels = new byte[7 * 5];
        new Random(1).NextBytes(pixels);
        var path = _folder.PathOf("grey.png");
        new GreyPicture(7, 5, pixels).SavePng(path);

        var loaded = PictureFile.Load(path);

        Assert.Equal((7, 5), (loaded.Width, loaded.Height));
        Assert.Equal(pixels, loaded.Pixels);
    }

    /// <summary>Luma of BT.601. Transparent pixels show white.</summary>
    [Theory]
    [InlineData(255, 0, 0, 255, 76)]
    [InlineData(0, 255, 0, 255, 150)]
    [InlineData(0, 0, 255, 255, 29)]
    [InlineData(255, 255, 255, 255, 255)]
    [InlineData(0, 0, 0, 255, 0)]
    [InlineData(0, 0, 0, 0, 255)]
    [InlineData(0, 0, 0, 128, 127)]
    public void Load_Colour_IsItsBrightnessOverWhite(byte red, byte green, byte blue, byte alpha, int expected)
    {
        var path = _folder.PathOf("colour.png");
        using var bitmap = new SKBitmap(new SKImageInfo(3, 3, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(red, green, blue, alpha));
        using (var file = File.Create(path))
        {
            bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        }

        Assert.All(PictureFile.Load(path).Pixels, pixel => Assert.InRange(pixel, expected - 1, expected + 1));
    }

    [Theory]
    [InlineData("missing.png", null)]
    [InlineData("empty.png", "")]
    [InlineData("text.png", "not a picture")]
    public void Load_UnusableFile_NamesThePath(string name, string? content)
    {
        var path = _folder.PathOf(name);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        var error = Assert.Throws<PictureFileException>(() => PictureFile.Load(path));
        Assert.StartsWith(path + ":", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileCutShort_NamesThePath()
    {
        var path = _folder.PathOf("cut.png");
        DrawnSymbol.Of("CUT", ErrorCorrectionLevel.Medium).Picture(modulePixels: 8).SavePng(path);
        File.WriteAllBytes(path, File.ReadAllBytes(path).AsSpan(0, 60));

        var error = Assert.Throws<PictureFileException>(() => PictureFile.Load(path));
        Assert.StartsWith(path + ":", error.Message, StringComparison.Ordinal);
    }
}
