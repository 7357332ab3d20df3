using Parking.QrReader;

namespace Parking.Optics.Readers;

/// <summary>The readers that can be compared, by their names on the command line.</summary>
public static class PictureReaders
{
    public const string Own = "own", Zbar = "zbar", ZXing = "zxing";

    public static string[] Names { get; } = [Own, Zbar, ZXing];

    /// <summary>Why a reader cannot be used here, and what to do about it; null where it can.</summary>
    public static string? WhyNot(string name) => name switch
    {
        Zbar when !ZbarReader.IsInstalled => "--reader zbar needs the program zbarimg on the PATH (Debian and Ubuntu: apt-get install zbar-tools).",
#if !WITH_ZXING_NET
        ZXing => """
            --reader zxing is not built in: the default build does without ZXing.Net, because its package cannot be restored everywhere. Where it can, say
              dotnet run -c Release -p:WithZXingNet=true --project src/ScannerSim -- optics --reader zxing
            """,
#endif
        _ => null,
    };

    public static IPictureReader Create(string name, TimeProvider time) => name switch
    {
        Own => CreateOwn(time),
        Zbar => new ZbarReader(),
#if WITH_ZXING_NET
        ZXing => ZXingReader.Create(time),
#endif
        _ => throw new ArgumentException($"There is no reader {name}.", nameof(name)),
    };

    private static OneByOneReader CreateOwn(TimeProvider time)
    {
        var reader = new SymbolReader();
        return new OneByOneReader(picture => reader.Read(picture.AsFrame())?.Text, time);
    }
}
