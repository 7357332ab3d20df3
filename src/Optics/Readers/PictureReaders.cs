using Parking.QrReader;

namespace Parking.Optics.Readers;

/// <summary>The readers that can be compared, by their names on the command line.</summary>
public static class PictureReaders
{
    public const string Own = "own", Zbar = "zbar", ZXing = "zxing";

    /// <summary>All of them; ours, which the gate reads with, is the first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Own, ZXing, Zbar];

    /// <summary>Why a reader cannot be used here, and what to do about it; null where it can.</summary>
    public static string? WhyNot(string name) => name == Zbar && !ZbarReader.IsInstalled
        ? "The reader zbar needs the program zbarimg on the PATH (Debian and Ubuntu: apt-get install zbar-tools)."
        : null;

    public static IPictureReader Create(string name, TimeProvider time) => name switch
    {
        Own => CreateOwn(time),
        ZXing => new InProcessReader(new ZXingReader().Read, time),
        Zbar => new ZbarReader(time),
        _ => throw new ArgumentException($"There is no reader {name}.", nameof(name)),
    };

    private static InProcessReader CreateOwn(TimeProvider time)
    {
        var reader = new SymbolReader();
        return new InProcessReader(picture => reader.Read(picture.AsFrame())?.Text, time);
    }
}
