using Parking.Optics;

namespace Parking.Simulation.LiveCity;

/// <summary>The camera of all lanes, for drivers at a browser: draws what their page shows, photographs it, and reads the frame.</summary>
/// <param name="seed">Settles pose, blur, noise and light.</param>
/// <param name="light">How the phone is held.</param>
/// <param name="time">The reader's clock.</param>
internal sealed class LaneCamera(long seed, Distortion light, TimeProvider time)
{
    /// <summary>After so many frames the driver is told that nothing could be read.</summary>
    public const int MostFrames = 20;

    private readonly FrameReader _reader = new(seed, time);
    private int _frames;

    /// <summary>Takes frames until one is read.</summary>
    /// <param name="shown">The text on the page; one that a symbol can hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<Photograph> ReadAsync(string shown, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            for (var frame = 1; ; frame++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var reading = _reader.Read(shown, light, Interlocked.Increment(ref _frames));
                if (reading.Text is not null || frame == MostFrames)
                {
                    return new Photograph(reading.Text, frame, reading.Picture.ToPng());
                }
            }
        },
        cancellationToken);
}

/// <summary>What the camera and the reader made of a page.</summary>
/// <param name="Text">What was read; null: nothing.</param>
/// <param name="Frames">How many frames were taken.</param>
/// <param name="Png">The last of them.</param>
internal sealed record Photograph(string? Text, int Frames, byte[] Png);
