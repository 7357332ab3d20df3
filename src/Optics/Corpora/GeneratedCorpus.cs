using System.Globalization;

namespace Parking.Optics.Corpora;

/// <summary>Frames made from a seed: the same seed, kind and index give the same frame, whatever else is made.</summary>
/// <param name="seed">Settles texts, poses, clutter, noise and light.</param>
/// <param name="width">Of a frame, in pixels.</param>
/// <param name="height">Of a frame, in pixels.</param>
/// <param name="symbols">What is shown.</param>
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
        // The same texts for every kind, so that only the distortion differs.
        var (text, symbol) = SymbolMixes.Draw(symbols, new SeededRandom(seed, $"text {symbols}", index));
        var shot = _camera.Shoot(symbol, kind.Distortion, index);
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
}
