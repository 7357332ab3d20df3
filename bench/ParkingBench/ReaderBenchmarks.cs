using BenchmarkDotNet.Attributes;
using Parking.Codes;
using Parking.Optics;
using Parking.Optics.Images;
using Parking.Optics.Readers;
using Parking.QrReader;

namespace Parking.Bench;

/// <summary>
/// Reads one frame, of 640×480 unless said otherwise, by what the camera saw. ZXing.Net is the baseline. Each iteration reads the next of
/// the same seeded frames of a kind. The setup prints how many of them are read, because a frame that is given up costs every attempt.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(1, 1)]
[WarmupCount(120)]
[IterationCount(170)]
public class ReaderBenchmarks
{
    private const int FramesOfEach = 10;

    // Not a minted code, whose key is random: the frames have to be the same in every run. As long, and of the same alphabet.
    private static readonly string Text =
        CodeFormat.Prefix + Base45.Encode([.. Enumerable.Range(0, CodeFormat.EncodedSize).Select(n => (byte)(n * 89 % 256))]);
    private static readonly Camera Camera = new(seed: 20_261_124);

    private readonly SymbolReader _own = new();
    private readonly ZXingReader _zxing = new();
    private GreyPicture[] _frames = [];
    private SymbolReading? _last;
    private int _next;

    /// <summary>What the camera saw.</summary>
    [ParamsAllValues]
    public FrameSet Frames { get; set; }

    [GlobalSetup(Target = nameof(ZXingNet))]
    public void TakeForZXing() => Take(picture => _zxing.Read(picture) is not null);

    [GlobalSetup(Target = nameof(Own))]
    public void TakeForOwn() => Take(picture => _own.Read(picture.AsFrame()) is not null);

    /// <summary>As <c>optics</c> asks it: code pages registered, TryHarder, at any angle, inverted symbols too.</summary>
    [Benchmark(Baseline = true)]
    public bool ZXingNet() => _zxing.Read(Next()) is not null;

    [Benchmark]
    public bool Own()
    {
        var frame = Next().AsFrame();
        return Frames == FrameSet.Held
            ? (_last = _own.Read(frame, new ReadOptions { Previous = _last })) is not null
            : _own.Read(frame) is not null;
    }

    private IEnumerable<GreyPicture> Photograph() => Frames switch
    {
        FrameSet.Clean => Photograph(Camera, Distortion.Clean),
        FrameSet.CleanFullHd => Photograph(new Camera(seed: 20_261_124, width: 1920, height: 1080), Distortion.Clean),
        FrameSet.Held => Photograph(Camera, Distortion.Clean).Take(1),
        FrameSet.AllDistortions => DistortionSets.Classic.SelectMany(static distortion => Photograph(Camera, distortion)),
        FrameSet.GateMix => Photograph(Camera, Distortion.GateMix),
        FrameSet.GateHard => Photograph(Camera, Distortion.GateHard),
        FrameSet.Clutter => DistortionSets.Classic.SelectMany(static distortion =>
            Enumerable.Range(0, FramesOfEach).Select(index => Camera.PhotographClutter(distortion, index))),
        FrameSet.Decoys => Decoy.All.SelectMany(static decoy =>
            Enumerable.Range(0, FramesOfEach).Select(index => Camera.PhotographDecoy(decoy, Distortion.GateMix, index))),
        _ => throw new InvalidOperationException($"There are no frames {Frames}."),
    };

    private static IEnumerable<GreyPicture> Photograph(Camera camera, Distortion distortion)
    {
        var symbol = QrSymbol.Encode(Text);
        var pattern = new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]);
        return Enumerable.Range(0, FramesOfEach).Select(index => camera.Photograph(pattern, distortion, index));
    }

    private void Take(Func<GreyPicture, bool> isRead)
    {
        _frames = [.. Photograph()];
        Console.WriteLine($"// {_frames.Count(isRead)} of {_frames.Length} frames are read");
    }

    private GreyPicture Next() => _frames[_next++ % _frames.Length];
}

/// <summary>Sets of frames, each with a symbol like our codes unless said otherwise.</summary>
public enum FrameSet
{
    Clean,
    CleanFullHd,

    /// <summary>One clean frame again and again, like a phone that is held still. Our reader is told where the symbol was.</summary>
    Held,

    /// <summary>The classic seventeen kinds of <c>optics</c>.</summary>
    AllDistortions,
    GateMix,
    GateHard,

    /// <summary>No symbol.</summary>
    Clutter,

    /// <summary>What looks like a symbol and is none: the most a frame can cost.</summary>
    Decoys,
}
