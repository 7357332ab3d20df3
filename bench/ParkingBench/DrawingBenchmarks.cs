using BenchmarkDotNet.Attributes;
using Parking.Codes;

namespace Parking.Bench;

/// <summary>
/// Makes the symbol (version 7-M) of a code's text, and the drawings of a symbol. An answer to a phone takes the matrix and one drawing.
/// </summary>
[MemoryDiagnoser]
public class DrawingBenchmarks
{
    private const int PixelsPerModule = 8;

    private static readonly QrSymbol Symbol = QrSymbol.Encode(SampleCode.Text);

    [Benchmark(Baseline = true)]
    public QrSymbol Matrix() => QrSymbol.Encode(SampleCode.Text);

    [Benchmark]
    public string Svg() => CodeDrawing.ToSvg(Symbol);

    [Benchmark]
    public byte[] Png() => CodeDrawing.ToPng(Symbol, PixelsPerModule);

    [Benchmark]
    public string Terminal() => CodeDrawing.ToTerminal(Symbol);
}
