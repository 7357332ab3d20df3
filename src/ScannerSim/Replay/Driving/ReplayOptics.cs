using System.Collections.Concurrent;
using Parking.Codes;
using Parking.QrReader;
using Parking.ScannerSim.Optics;

namespace Parking.ScannerSim.Replay.Driving;

/// <summary>A phone before a gate's camera: draws a text as a symbol, photographs it, reads the frame.</summary>
/// <param name="seed">Settles pose, blur, noise and light.</param>
internal sealed class ReplayOptics(long seed) : IDisposable
{
    private const int MostFrames = 20;

    private readonly Camera _camera = new(seed);
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);
    private readonly ConcurrentBag<SymbolReader> _readers = [];

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
            return read == text ? read : throw new ReplayException($"line {line}: {(read is null ? $"no frame of {MostFrames} could be read" : "the reader read another text than was drawn")}.");
        }
        finally
        {
            _processors.Release();
        }
    }

    public void Dispose() => _processors.Dispose();

    private string? Read(string text, long line)
    {
        var symbol = QrSymbol.Encode(text);
        var pattern = new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]);
        var reader = _readers.TryTake(out var idle) ? idle : new SymbolReader();
        try
        {
            return Enumerable.Range(0, MostFrames)
                .Select(frame => reader.Read(_camera.Photograph(pattern, Distortion.GateMix, (int)(line % 100_000_000) * MostFrames + frame).AsFrame())?.Text)
                .FirstOrDefault(read => read is not null);
        }
        finally
        {
            _readers.Add(reader);
        }
    }
}
