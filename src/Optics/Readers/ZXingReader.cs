// ZXing.Net is no part of the default build: its package cannot be restored everywhere this project is built (NU1101), and our own reader reads
// more. Whoever can restore it builds with -p:WithZXingNet=true and compares the two with "optics --reader zxing".
#if WITH_ZXING_NET
using Parking.Optics.Images;
using ZXing;

namespace Parking.Optics.Readers;

/// <summary>ZXing.Net, asked for what it can: to look hard, at any angle, and for inverted symbols too.</summary>
internal static class ZXingReader
{
    public static IPictureReader Create(TimeProvider time)
    {
        var reader = new BarcodeReaderGeneric { AutoRotate = true };
        reader.Options.PossibleFormats = [BarcodeFormat.QR_CODE];
        reader.Options.TryHarder = true;
        return new OneByOneReader(picture => Read(reader, picture), time);
    }

    private static string? Read(BarcodeReaderGeneric reader, GreyPicture picture)
    {
        var source = new RGBLuminanceSource(picture.Pixels, picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        return (reader.Decode(source) ?? reader.Decode(source.invert()))?.Text;
    }
}
#endif
