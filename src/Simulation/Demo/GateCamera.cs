using Parking.Codes;
using Parking.Optics;

namespace Parking.Simulation.Demo;

/// <summary>
/// The optics of all gates: draws a text as a symbol, photographs it as a phone before a gate's camera, reads the frame. Only so many
/// frames are made at once as there are processors, so that making pictures, which a real camera does for nothing, does not slow the
/// reading that is measured.
/// </summary>
/// <param name="seed">Settles pose, blur, noise and light.</param>
/// <param name="framesFolder">Where frames are saved; null: nowhere.</param>
/// <param name="time">Measures the reading.</param>
internal sealed class GateCamera(long seed, string? framesFolder, TimeProvider time) : IDisposable
{
    /// <summary>After so many frames a driver would try something else.</summary>
    public const int MostFrames = 20;

    private const int WarmUpFrames = 8;

    // As large a symbol as a code of ours.
    private static readonly string WarmUpText = new('0', CodeFormat.TextLength);

    private static readonly TimeSpan FrameInterval = TimeSpan.FromSeconds(1 / 30.0);

    private readonly FrameReader _reader = new(seed, time);
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    /// <summary>
    /// Takes and reads a few frames that nobody sees: a gate's reader has been running for months, its code is compiled and warm.
    /// </summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(
        worker => Task.Run(() => WarmUp(worker), cancellationToken)));

    /// <summary>Takes frames until one is read.</summary>
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

/// <summary>What the camera and the reader made of a phone held up to them.</summary>
/// <param name="Text">The text read; null if no frame could be read.</param>
/// <param name="Shown">The text that was on the phone when the last frame was taken.</param>
/// <param name="Frames">Frames taken.</param>
/// <param name="ReadTime">What a gate would have waited: the reader's time for each frame, and a frame's interval between two.</param>
internal sealed record SymbolShot(string? Text, string Shown, int Frames, TimeSpan ReadTime);
