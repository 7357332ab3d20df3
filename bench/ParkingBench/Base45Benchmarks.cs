using BenchmarkDotNet.Attributes;
using Parking.Codes;

namespace Parking.Bench;

/// <summary>
/// Writes the 111 bytes of a code as the 167 characters after the prefix, and reads them back. The baseline writes the same bytes as
/// hexadecimal digits.
/// </summary>
[MemoryDiagnoser]
public class Base45Benchmarks
{
    private static readonly byte[] CodeBytes = SampleCode.Bytes;
    private static readonly string CodeText = Base45.Encode(CodeBytes);
    private readonly byte[] _decoded = new byte[CodeFormat.EncodedSize];

    [Benchmark(Baseline = true)]
    public string ToHexString() => Convert.ToHexString(CodeBytes);

    [Benchmark]
    public string Encode() => Base45.Encode(CodeBytes);

    [Benchmark]
    public bool Decode() => Base45.TryDecode(CodeText, _decoded, out _);
}
