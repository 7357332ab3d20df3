using System.Collections.Concurrent;
using Parking.Codes;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics;

/// <summary>
/// A phone before a gate's camera: draws a text as a symbol, photographs it, reads the frame. Safe to use from many threads.
/// </summary>
/// <param name="seed">Settles pose, blur, noise and light.</param>
/// <param name="time">Measures the reading.</param>
public sealed class FrameReader(long seed, TimeProvider time)
{
    private readonly Camera _camera = new(seed);
    private readonly ConcurrentBag<SymbolReader> _readers = [];

    /// <summary>Takes one frame and reads it.</summary>
    /// <param name="shown">What the phone shows.</param>
    /// <param name="light">How the phone is held.</param>
    /// <param name="frame">Tells this frame from all others of the seed.</param>
    public FrameReading Read(string shown, Distortion light, int frame)
    {
        var symbol = QrSymbol.Encode(shown);
        var picture = _camera.Photograph(new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]), light, frame);
        var reader = _readers.TryTake(out var idle) ? idle : new SymbolReader();
        try
        {
            var started = time.GetTimestamp();
            var text = reader.Read(picture.AsFrame())?.Text;
            return new(text, time.GetElapsedTime(started), picture);
        }
        finally
        {
            _readers.Add(reader);
        }
    }
}

/// <summary>What came of one frame.</summary>
/// <param name="Text">What was read; null: nothing.</param>
/// <param name="Took">How long the reading took.</param>
/// <param name="Picture">The frame.</param>
public sealed record FrameReading(string? Text, TimeSpan Took, GreyPicture Picture);
