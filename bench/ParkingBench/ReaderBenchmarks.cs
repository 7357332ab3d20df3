using BenchmarkDotNet.Attributes;
using Parking.Codes;
using Parking.QrReader;
using Parking.ScannerSim.Images;
using Parking.ScannerSim.Optics;

namespace Parking.Bench;

/// <summary>
/// Reading one 640×480 frame, by what the camera saw. A figure is the mean over the same ten seeded frames of a kind; the setup prints
/// how many of them are read, since a frame that is given up costs every attempt there is.
/// </summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private const int FramesOfEach = 10;

    // Not a minted code, whose key is random: the frames have to be the same in every run. As long, and of the same alphabet.
    private static readonly string Text = CodeFormat.Prefix + Base45.Encode(Enumerable.Range(0, CodeFormat.EncodedSize).Select(n => (byte)(n * 89)).ToArray());
    private static readonly Camera Camera = new(seed: 20_261_124);

    private readonly SymbolReader _reader = new();
    private GreyPicture[] _frames = [];

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

    [Benchmark(Baseline = true, OperationsPerInvoke = FramesOfEach)]
    public int Clean() => CountRead();

    [Benchmark(OperationsPerInvoke = FramesOfEach)]
    public int Noise60() => CountRead();

    [Benchmark(OperationsPerInvoke = FramesOfEach)]
    public int Perspective40() => CountRead();

    [Benchmark(OperationsPerInvoke = FramesOfEach)]
    public int Inverted() => CountRead();

    [Benchmark(OperationsPerInvoke = FramesOfEach)]
    public int GateMix() => CountRead();

    [Benchmark(OperationsPerInvoke = FramesOfEach)]
    public int GateHard() => CountRead();

    [Benchmark(OperationsPerInvoke = FramesOfEach)]
    public int NoSymbol() => CountRead();

    private void Photograph(Distortion distortion)
    {
        var symbol = QrSymbol.Encode(Text);
        var pattern = new SymbolPattern(symbol.Size, (x, y) => symbol[x, y]);
        Keep(distortion.Name, index => Camera.Photograph(pattern, distortion, index));
    }

    private void Keep(string kind, Func<int, GreyPicture> take)
    {
        _frames = [.. Enumerable.Range(0, FramesOfEach).Select(take)];
        Console.WriteLine($"// {kind}: {CountRead()} of {FramesOfEach} frames are read");
    }

    private int CountRead() => _frames.Count(frame => _reader.Read(frame.AsFrame()) is not null);
}
