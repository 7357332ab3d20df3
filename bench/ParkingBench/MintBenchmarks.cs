using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Parking.Codes;

namespace Parking.Bench;

/// <summary>Making a code against the bare signature with the same key over as many bytes. The rest is sealing the holder, CBOR, Base45 and the random bytes.</summary>
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
