using NodaTime;
using Parking.Codes;
using Parking.Optics.Images;
using Parking.Optics.Readers;
using QRCoder;
using SkiaSharp;

namespace Parking.QrReader.Tests;

/// <summary>
/// ZXing.Net, which shares no code with our reader, reads every symbol that we draw. So the drawing and our reader have no mistake in
/// common.
/// </summary>
public sealed class SecondReaderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 8, 0);

    private readonly ZXingReader _second = new();
    private readonly SymbolReader _own = new();

    /// <summary>Codes with and without a vehicle, of several keys, in the sizes that the pages use.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    public void MintedCode_DrawnAsPng_IsReadByBoth(int pixelsPerModule)
    {
        for (var key = 0; key < 3; key++)
        {
            var minter = new CodeMinter(KeyRing.Found(new SigningKey(LocalCodeSigner.Create(), CodeSeal.Create()), Now));
            foreach (var vehicle in new[] { VehicleSlot.None, new VehicleSlot(1), new VehicleSlot(2) })
            {
                var text = minter.Mint(new HolderId(0x0123_4567_89AB_CDEF), vehicle, Now).Text;

                AssertBothRead(text, Decode(CodeDrawing.ToPng(text, pixelsPerModule)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(SymbolReaderTests.EverySymbol), MemberType = typeof(SymbolReaderTests))]
    public void FullSymbol_OfEveryVersionAndLevel_IsReadByBoth(int version, ErrorCorrectionLevel level)
    {
        var text = DrawnSymbol.FullText(version, level);

        AssertBothRead(text, DrawnSymbol.Of(text, level, version).Picture(modulePixels: 3));
    }

    /// <summary>All modes, and characters beyond Latin-1, for which the symbol names its character set.</summary>
    [Theory]
    [InlineData("0123456789012345")]
    [InlineData("SP1:BASE45 $%*+-./:")]
    [InlineData("https://example.org/parking?lane=hsp-in-1")]
    [InlineData("Größe: 2 µm")]
    [InlineData("豫园里弄小停车场 出口")]
    public void Text_OfAnyMode_IsReadByBoth(string text) =>
        AssertBothRead(text, DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium, eci: QRCodeGenerator.EciMode.Utf8).Picture(modulePixels: 4));

    private static GreyPicture Decode(byte[] png)
    {
        using var data = SKData.CreateCopy(png);
        return PictureFile.Decode(data) ?? throw new InvalidDataException("The drawn data is not a picture.");
    }

    private void AssertBothRead(string text, GreyPicture picture)
    {
        Assert.Equal(text, _own.Read(picture.AsFrame())?.Text);
        Assert.Equal(text, _second.Read(picture));
    }
}
