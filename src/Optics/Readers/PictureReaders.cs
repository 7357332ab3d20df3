using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics.Readers;

/// <summary>The readers that can be compared, by their names on the command line.</summary>
public static class PictureReaders
{
    public const string Own = "own", Zbar = "zbar", ZXing = "zxing";

    /// <summary>All readers. Our own, which the gate uses, is the first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Own, ZXing, Zbar];

    /// <summary>The reason why a reader cannot be used on this machine, and the remedy; null if it can be used.</summary>
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

/// <summary>A reader in this process. Only the reading is measured.</summary>
/// <param name="read">Reads a picture; returns null if nothing was read.</param>
/// <param name="time">Measures the duration.</param>
internal sealed class InProcessReader(Func<GreyPicture, string?> read, TimeProvider time) : IPictureReader
{
    public PictureAnswer Read(GreyPicture picture)
    {
        var started = time.GetTimestamp();
        var text = read(picture);
        return new PictureAnswer(text, time.GetElapsedTime(started));
    }
}
