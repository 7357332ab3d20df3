using Parking.Optics;

namespace Parking.Simulation.Replay.Driving;

/// <summary>Every text of a replay on its way over a phone and a gate's camera.</summary>
/// <param name="seed">Settles pose, blur, noise and light.</param>
/// <param name="time">Measures.</param>
internal sealed class ReplayOptics(long seed, TimeProvider time) : IDisposable
{
    private const int MostFrames = 20;

    private readonly FrameReader _reader = new(seed, time);
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    /// <summary>Takes frames until one is read.</summary>
    /// <param name="text">What the phone shows.</param>
    /// <param name="line">Tells this showing from others.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="ReplayException">Nothing was, or something else.</exception>
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
