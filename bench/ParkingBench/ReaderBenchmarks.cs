using BenchmarkDotNet.Attributes;
using Parking.Codes;
using Parking.Optics;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Bench;

/// <summary>
/// Reading one 640×480 frame unless said otherwise, by what the camera saw. Each iteration reads the next of the same seeded frames of a kind;
/// the setup prints how many of them are read, since a frame that is given up costs every attempt there is.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(1, 1)]
[WarmupCount(120)]
[IterationCount(170)]
public class ReaderBenchmarks
{
    private const int FramesOfEach = 10;

    // Not a minted code, whose key is random: the frames have to be the same in every run. As long, and of the same alphabet.
    private static readonly string Text = CodeFormat.Prefix + Base45.Encode([.. Enumerable.Range(0, CodeFormat.EncodedSize).Select(n => (byte)(n * 89 % 256))]);
    private static readonly Camera Camera = new(seed: 20_261_124);

    private readonly SymbolReader _reader = new();
    private GreyPicture[] _frames = [];
    private SymbolReading? _last;
    private int _next;

    [GlobalSetup(Target = nameof(Clean))]
    public void TakeClean() => Keep(Frames(Camera, Distortion.Clean));

    [GlobalSetup(Target = nameof(CleanFullHd))]
    public void TakeCleanFullHd() => Keep(Frames(new Camera(seed: 20_261_124, width: 1920, height: 1080), Distortion.Clean));

    [GlobalSetup(Target = nameof(CleanTracked))]
    public void TakeCleanTracked() => Keep(Frames(Camera, Distortion.Clean).Take(1));

    [GlobalSetup(Target = nameof(AllDistortions))]
    public void TakeAllDistortions() => Keep(DistortionSets.Classic.SelectMany(static distortion => Frames(Camera, distortion)));

    [GlobalSetup(Target = nameof(GateMix))]
    public void TakeGateMix() => Keep(Frames(Camera, Distortion.GateMix));

    [GlobalSetup(Target = nameof(GateHard))]
    public void TakeGateHard() => Keep(Frames(Camera, Distortion.GateHard));

    [GlobalSetup(Target = nameof(Clutter))]
    public void TakeClutter() => Keep(DistortionSets.Classic.SelectMany(static distortion =>
        Enumerable.Range(0, FramesOfEach).Select(index => Camera.PhotographClutter(distortion, index))));

    [GlobalSetup(Target = nameof(Decoys))]
    public void TakeDecoys() => Keep(Decoy.All.SelectMany(static decoy =>
        Enumerable.Range(0, FramesOfEach).Select(index => Camera.PhotographDecoy(decoy, Distortion.GateMix, index))));

    [Benchmark(Baseline = true)]
    public bool Clean() => ReadNext();

    [Benchmark]
    public bool CleanFullHd() => ReadNext();

    /// <summary>One frame again and again, as a phone held still before a camera is.</summary>
    [Benchmark]
    public bool CleanTracked()
    {
        _last = _reader.Read(_frames[0].AsFrame(), new ReadOptions { Previous = _last });
        return _last is not null;
    }

    [Benchmark]
    public bool AllDistortions() => ReadNext();

    [Benchmark]
    public bool GateMix() => ReadNext();

    [Benchmark]
    public bool GateHard() => ReadNext();

    [Benchmark]
    public bool Clutter() => ReadNext();

    /// <summary>What looks like a symbol and is none: the most a frame can cost.</summary>
    [Benchmark]
    public bool Decoys() => ReadNext();

    private static IEnumerable<GreyPicture> Frames(Camera camera, Distortion distortion)
    {
        var symbol = QrSymbol.Encode(Text);
        var pattern = new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]);
        return Enumerable.Range(0, FramesOfEach).Select(index => camera.Photograph(pattern, distortion, index));
    }

    private void Keep(IEnumerable<GreyPicture> frames)
    {
        _frames = [.. frames];
        Console.WriteLine($"// {_frames.Count(Read)} of {_frames.Length} frames are read");
    }

    private bool ReadNext() => Read(_frames[_next++ % _frames.Length]);

    private bool Read(GreyPicture frame) => _reader.Read(frame.AsFrame()) is not null;
}
