using Parking.Optics;

namespace Parking.Simulation.Replay.Driving;

/// <summary>Shows every text of a replay as a symbol on a phone and reads it with a gate's camera.</summary>
/// <param name="seed">Determines pose, blur, noise and light.</param>
/// <param name="time">Measures the reading.</param>
internal sealed class ReplayOptics(long seed, TimeProvider time) : IDisposable
{
    private const int MostFrames = 20;

    private readonly FrameReader _reader = new(seed, time);
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    /// <summary>Takes frames until one can be read.</summary>
    /// <param name="text">The text on the phone.</param>
    /// <param name="line">The trace's line, which selects the random values of its frames.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ReplayException">No frame could be read, or another text was read.</exception>
    public async Task<string> ReadAsync(string text, long line, CancellationToken cancellationToken)
    {
        await _processors.WaitAsync(cancellationToken);
        try
        {
            var read = await Task.Run(() => Read(text, line), cancellationToken);
            return read == text ? read : throw new ReplayException($"line {line}: "
                + $"{(read is null ? $"no frame of {MostFrames} could be read" : "the reader read another text than was drawn")}.");
        }
        finally
        {
            _processors.Release();
        }
    }

    public void Dispose() => _processors.Dispose();

    private string? Read(string text, long line) => Enumerable.Range(0, MostFrames)
        .Select(frame => _reader.Read(text, Distortion.GateMix, (int)(line % 100_000_000) * MostFrames + frame).Text)
        .FirstOrDefault(read => read is not null);
}
