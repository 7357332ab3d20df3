using System.Collections.Concurrent;
using Parking.Codes;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics;

/// <summary>
/// Simulates a phone in front of a gate's camera: draws a text as a symbol, photographs it, and reads the frame. Thread-safe.
/// </summary>
/// <param name="seed">Determines pose, blur, noise and light.</param>
/// <param name="time">Measures the reading.</param>
public sealed class FrameReader(long seed, TimeProvider time)
{
    private readonly Camera _camera = new(seed);
    private readonly ConcurrentBag<SymbolReader> _readers = [];

    /// <summary>Takes one frame and reads it.</summary>
    /// <param name="shown">The text that the phone shows.</param>
    /// <param name="light">The distortion of the frame.</param>
    /// <param name="frame">The frame's index. Every index gives a different frame.</param>
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

/// <summary>The result of reading one frame.</summary>
/// <param name="Text">The text read; null if nothing was read.</param>
/// <param name="Took">The duration of the reading.</param>
/// <param name="Picture">The frame.</param>
public sealed record FrameReading(string? Text, TimeSpan Took, GreyPicture Picture);
