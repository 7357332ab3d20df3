using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Parking.Codes;

namespace Parking.Bench;

/// <summary>
/// A code's check against the one thing it cannot do without: the signature of the same code with the same key. What is above 1.00 is what
/// Base45, CBOR, the key's lookup and the times cost.
/// </summary>
[MemoryDiagnoser]
public class VerifyBenchmarks
{
    private static readonly CodeVerifier Verifier = new(SampleCode.Ring.PublishedAt(SampleCode.Now));
    private static readonly string Accepted = SampleCode.Text;
    private static readonly string Forged = SampleCode.Forge();
    private static readonly string NotACode = "https://example.org/menu?table=7";
    private static readonly ECDsa Bare = ImportPublicKey(SampleCode.Key.PublicKey);

    /// <summary>A wrong bench would be fast too.</summary>
    [GlobalSetup]
    public void CheckInputs()
    {
        if (!BareVerifyData()
            || VerifyAccepted().Refusal != CodeRefusal.None
            || VerifyForged().Refusal != CodeRefusal.BadSignature
            || VerifyNotACode().Refusal != CodeRefusal.NotACode)
        {
            throw new InvalidOperationException("An input is not what its name says.");
        }
    }

    // Without a format argument the signature is IEEE P1363; naming that format allocates more, which would flatter us.
    [Benchmark(Baseline = true)]
    public bool BareVerifyData() =>
        Bare.VerifyData(SampleCode.ToBeSigned.AsSpan(), SampleCode.Signature.AsSpan(), HashAlgorithmName.SHA256);

    [Benchmark]
    public CodeCheck VerifyAccepted() => Verifier.Verify(Accepted, SampleCode.Now);

    [Benchmark]
    public CodeCheck VerifyForged() => Verifier.Verify(Forged, SampleCode.Now);

    [Benchmark]
    public CodeCheck VerifyNotACode() => Verifier.Verify(NotACode, SampleCode.Now);

    private static ECDsa ImportPublicKey(VerificationKey key) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = key.X.ToArray(), Y = key.Y.ToArray() },
    });
}
