using Parking.Optics.Images;

namespace Parking.Optics.Readers;

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
