using System.Text;
using Parking.Optics.Images;
using ZXing;

namespace Parking.Optics.Readers;

/// <summary>ZXing.Net with its most thorough settings: try harder, any rotation, inverted symbols too.</summary>
public sealed class ZXingReader
{
    private readonly BarcodeReaderGeneric _reader = new() { AutoRotate = true };

    // Without code pages it decodes Shift-JIS, GB 2312 and others to question marks. That would make the comparison unfair.
    static ZXingReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ZXingReader()
    {
        _reader.Options.PossibleFormats = [BarcodeFormat.QR_CODE];
        _reader.Options.TryHarder = true;
    }

    /// <summary>The text of a symbol in the picture; null if none was read.</summary>
    public string? Read(GreyPicture picture)
    {
        var source = new RGBLuminanceSource(picture.Pixels, picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        return (_reader.Decode(source) ?? _reader.Decode(source.invert()))?.Text;
    }
}
