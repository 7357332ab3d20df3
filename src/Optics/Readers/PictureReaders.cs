using Parking.Optics.Images;
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

/// <summary>A reader within this process: only the reading is measured.</summary>
/// <param name="read">Reads a picture; null: nothing was read.</param>
/// <param name="time">Measures it.</param>
internal sealed class InProcessReader(Func<GreyPicture, string?> read, TimeProvider time) : IPictureReader
{
    public PictureAnswer Read(GreyPicture picture)
    {
        var started = time.GetTimestamp();
        var text = read(picture);
        return new PictureAnswer(text, time.GetElapsedTime(started));
    }
}
