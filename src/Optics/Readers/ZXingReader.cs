using System.Text;
using Parking.Optics.Images;
using ZXing;

namespace Parking.Optics.Readers;

/// <summary>ZXing.Net, asked for what it can: to look hard, at any angle, and for inverted symbols too.</summary>
public sealed class ZXingReader
{
    private readonly BarcodeReaderGeneric _reader = new() { AutoRotate = true };

    // Without code pages it reads Shift-JIS, GB 2312 and others as question marks, which would not be its fault.
    static ZXingReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ZXingReader()
    {
        _reader.Options.PossibleFormats = [BarcodeFormat.QR_CODE];
        _reader.Options.TryHarder = true;
    }

    /// <summary>The text of a symbol in the picture; null: none was read.</summary>
    public string? Read(GreyPicture picture)
    {
        var source = new RGBLuminanceSource(picture.Pixels, picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        return (_reader.Decode(source) ?? _reader.Decode(source.invert()))?.Text;
    }
}
