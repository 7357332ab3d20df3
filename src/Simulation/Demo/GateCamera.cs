using Parking.Codes;
using Parking.Optics;

namespace Parking.Simulation.Demo;

/// <summary>
/// The optics of all gates: draws a text as a QR symbol, renders the picture that a gate's camera would take of the phone, and reads it.
/// Rendering costs time that a real camera does not need. The number of frames rendered at once is limited to the number of processors, so
/// that rendering does not slow down the measured reading.
/// </summary>
/// <param name="seed">Determines pose, blur, noise and light.</param>
/// <param name="framesFolder">The folder where frames are saved; null if they are not saved.</param>
/// <param name="time">Measures the reading.</param>
internal sealed class GateCamera(long seed, string? framesFolder, TimeProvider time) : IDisposable
{
    /// <summary>The most frames for one symbol. A driver would try something else after that.</summary>
    public const int MostFrames = 20;

    private const int WarmUpFrames = 8;

    // As long as a real code, so that the symbol has the same size.
    private static readonly string WarmUpText = new('0', CodeFormat.TextLength);

    private static readonly TimeSpan FrameInterval = TimeSpan.FromSeconds(1 / 30.0);

    private readonly FrameReader _reader = new(seed, time);
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    /// <summary>
    /// Reads a few frames and discards the results. A real gate's reader has run for a long time, so its code is compiled and warm.
    /// </summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(
        worker => Task.Run(() => WarmUp(worker), cancellationToken)));

    /// <summary>Takes frames until one can be read.</summary>
    public async Task<SymbolShot> ReadAsync(Tap tap, CancellationToken cancellationToken)
    {
        var readTime = TimeSpan.Zero;
        for (var frame = 1; ; frame++)
        {
            await _processors.WaitAsync(cancellationToken);
            try
            {
                var shown = await tap.Text(cancellationToken);
                var (text, took) = await Task.Run(() => ReadFrame(tap, shown, frame), cancellationToken);
                readTime += took;
                if (text is not null || frame == MostFrames)
                {
                    return new SymbolShot(text, shown, frame, readTime);
                }
                readTime += FrameInterval;
            }
            finally
            {
                _processors.Release();
            }
        }
    }

    public void Dispose() => _processors.Dispose();

    private void WarmUp(int worker)
    {
        foreach (var light in new[] { Distortion.GateMix, Distortion.GateHard })
        {
            for (var frame = 0; frame < WarmUpFrames; frame++)
            {
                _reader.Read(WarmUpText, light, (worker * WarmUpFrames) + frame);
            }
        }
    }

    private (string? Text, TimeSpan Took) ReadFrame(Tap tap, string shown, int frame)
    {
        var light = tap.Driver.IsHardToSee ? Distortion.GateHard : Distortion.GateMix;
        var index = (((tap.Driver.Number * 100) + tap.Index) * (MostFrames + 1)) + frame;
        var reading = _reader.Read(shown, light, index);
        if (framesFolder is not null)
        {
            reading.Picture.SavePng(
                Path.Combine(framesFolder, $"driver-{tap.Driver.Number:000}-tap-{tap.Index + 1}-{tap.Gate.Id}-frame-{frame}.png"));
        }
        return (reading.Text, reading.Took);
    }
}

/// <summary>The result of reading a phone's symbol.</summary>
/// <param name="Text">The text; null if no frame could be read.</param>
/// <param name="Shown">The text on the phone when the last frame was taken.</param>
/// <param name="Frames">The number of frames taken.</param>
/// <param name="ReadTime">The time that a gate would wait: the reading time of each frame and the interval between frames.</param>
internal sealed record SymbolShot(string? Text, string Shown, int Frames, TimeSpan ReadTime);
