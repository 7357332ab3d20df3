using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Parking.Codes;

namespace Parking.Bench;

/// <summary>
/// Compares the making of a code with the bare signature, with the same key, over as many bytes. The difference is the sealing of the
/// holder, CBOR, Base45 and the random bytes.
/// </summary>
[MemoryDiagnoser]
public class MintBenchmarks
{
    private readonly byte[] _signature = new byte[VerificationKey.SignatureSize];

    [Benchmark(Baseline = true)]
    public int BareSignData() => SampleCode.Pair.SignData(
        SampleCode.ToBeSigned, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    [Benchmark]
    public MintedCode Mint() => SampleCode.Minter.Mint(SampleCode.Holder, SampleCode.Vehicle, SampleCode.Now);
}
