using System.Globalization;

namespace Parking.Optics.Corpora;

/// <summary>
/// Frames generated from a seed. The same seed, kind and index give the same frame, whichever other frames are generated.
/// </summary>
/// <param name="seed">Determines texts, poses, clutter, noise and light.</param>
/// <param name="width">The width of a frame, in pixels.</param>
/// <param name="height">The height of a frame, in pixels.</param>
/// <param name="symbols">The symbols to photograph.</param>
internal sealed class GeneratedCorpus(long seed, int width, int height, SymbolMix symbols)
{
    private readonly Camera _camera = new(seed, width, height);

    public IEnumerable<PlannedFrame> Plan(IEnumerable<FrameKind> kinds, int framesOfEach) => kinds.SelectMany(
        kind => Enumerable.Range(0, framesOfEach).Select(index => new PlannedFrame(() => Take(kind, index))));

    public TrueFrame Take(FrameKind kind, int index)
    {
        var frameIndex = index.ToString(CultureInfo.InvariantCulture);
        if (kind.Decoy is { } decoy)
        {
            return new TrueFrame
            {
                Kind = kind.Name,
                Index = frameIndex,
                Seed = seed,
                Picture = _camera.PhotographDecoy(decoy, kind.Distortion, index),
            };
        }
        // Every kind gets the same texts, so that only the distortion differs.
        var (text, symbol) = SymbolMixes.Draw(symbols, new SeededRandom(seed, $"text {symbols}", index));
        var shot = _camera.Shoot(symbol, symbols == SymbolMix.Device ? AtTheSameDistance(symbol, kind.Distortion) : kind.Distortion, index);
        return new TrueFrame
        {
            Kind = kind.Name,
            Index = frameIndex,
            Seed = seed,
            Text = text,
            Picture = shot.Picture,
            Corners = shot.Corners,
        };
    }

    /// <summary>
    /// A device's code fills the screen as the service's does, which has fewer modules: at the same distance each of them is smaller.
    /// </summary>
    private static Distortion AtTheSameDistance(SymbolPattern symbol, Distortion distortion) =>
        distortion with { ModulePixels = distortion.ModulePixels * SymbolMixes.ModulesOfCode / symbol.FullSize };
}
