using BenchmarkDotNet.Attributes;
using Parking.Codes;
using Parking.QrReader;
using Parking.ScannerSim.Images;
using Parking.ScannerSim.Optics;

namespace Parking.Bench;

/// <summary>
/// Reading one 640×480 frame, by what the camera saw. Each iteration reads the next of the same ten seeded frames of a kind; the
/// setup prints how many of them are read, since a frame that is given up costs every attempt there is.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(1, 1)]
[WarmupCount(10 * FramesOfEach)]
[IterationCount(10 * FramesOfEach)]
public class ReaderBenchmarks
{
    private const int FramesOfEach = 10;

    // Not a minted code, whose key is random: the frames have to be the same in every run. As long, and of the same alphabet.
    private static readonly string Text = CodeFormat.Prefix + Base45.Encode([.. Enumerable.Range(0, CodeFormat.EncodedSize).Select(n => (byte)(n * 89 % 256))]);
    private static readonly Camera Camera = new(seed: 20_261_124);

    private readonly SymbolReader _reader = new();
    private GreyPicture[] _frames = [];
    private int _next;

    [GlobalSetup(Target = nameof(Clean))]
    public void TakeClean() => Photograph(Distortion.Clean);

    [GlobalSetup(Target = nameof(Noise60))]
    public void TakeNoise60() => Photograph(Distortion.Noise60);

    [GlobalSetup(Target = nameof(Perspective40))]
    public void TakePerspective40() => Photograph(Distortion.Perspective40);

    [GlobalSetup(Target = nameof(Inverted))]
    public void TakeInverted() => Photograph(Distortion.Inverted);

    [GlobalSetup(Target = nameof(GateMix))]
    public void TakeGateMix() => Photograph(Distortion.GateMix);

    [GlobalSetup(Target = nameof(GateHard))]
    public void TakeGateHard() => Photograph(Distortion.GateHard);

    [GlobalSetup(Target = nameof(NoSymbol))]
    public void TakeNoSymbol() => Keep("no symbol", index => Camera.PhotographClutter(Distortion.GateMix, index));

    [Benchmark(Baseline = true)]
    public bool Clean() => ReadNext();

    [Benchmark]
    public bool Noise60() => ReadNext();

    [Benchmark]
    public bool Perspective40() => ReadNext();

    [Benchmark]
    public bool Inverted() => ReadNext();

    [Benchmark]
    public bool GateMix() => ReadNext();

    [Benchmark]
    public bool GateHard() => ReadNext();

    [Benchmark]
    public bool NoSymbol() => ReadNext();

    private void Photograph(Distortion distortion)
    {
        var symbol = QrSymbol.Encode(Text);
        var pattern = new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]);
        Keep(distortion.Name, index => Camera.Photograph(pattern, distortion, index));
    }

    private void Keep(string kind, Func<int, GreyPicture> take)
    {
        _frames = [.. Enumerable.Range(0, FramesOfEach).Select(take)];
        Console.WriteLine($"// {kind}: {_frames.Count(Read)} of {FramesOfEach} frames are read");
    }

    private bool ReadNext() => Read(_frames[_next++ % FramesOfEach]);

    private bool Read(GreyPicture frame) => _reader.Read(frame.AsFrame()) is not null;
}
