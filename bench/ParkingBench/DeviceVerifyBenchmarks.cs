using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Parking.Codes;
using Parking.Codes.Devices;

namespace Parking.Bench;

/// <summary>
/// The check of a device's code against one bare signature. It verifies two, and imports the device's key, which no gate has seen before:
/// that is the dearest part. <see cref="BareImportAndTwoVerifies"/> does that alone, without Base45, CBOR and the rest.
/// </summary>
[MemoryDiagnoser]
public class DeviceVerifyBenchmarks
{
    private static readonly KeyRing Ring = KeyRing.Found(SampleCode.Key, SampleCode.Now, certificateKey: SigningKey.Create());
    private static readonly CodeVerifier Verifier = new(
        Ring.PublishedAt(SampleCode.Now), certificateKeys: Ring.PublishedCertificateKeysAt(SampleCode.Now));
    private static readonly SealingKeys Seals = Ring.SealingKeysAt(SampleCode.Now);
    private static readonly ECParameters Point = SampleCode.Pair.ExportParameters(includePrivateParameters: false);
    private static readonly ECDsa Bare = ECDsa.Create(Point);

    /// <summary>Codes of many phones: the same one again and again would be kinder to caches than gates are.</summary>
    private static readonly string[] Codes = [.. Enumerable.Range(0, 64).Select(_ => Mint())];
    private static readonly string Forged = Damage(Codes[0], at: 190);

    private uint _next;

    /// <summary>A wrong bench would be fast too.</summary>
    [GlobalSetup]
    public void CheckInputs()
    {
        if (!BareVerifyData()
            || !BareImportAndTwoVerifies()
            || Codes.Any(code => !Verifier.Verify(code, SampleCode.Now).IsAccepted)
            || VerifyForged().Refusal != CodeRefusal.BadCertificate)
        {
            throw new InvalidOperationException("An input is not what its name says.");
        }
    }

    [Benchmark(Baseline = true)]
    public bool BareVerifyData() => BareVerify(Bare);

    [Benchmark]
    public bool BareImportAndTwoVerifies()
    {
        using var imported = ECDsa.Create(Point);
        return BareVerify(Bare) && BareVerify(imported);
    }

    [Benchmark]
    public CodeCheck VerifyAccepted() => Verifier.Verify(Next(), SampleCode.Now);

    /// <summary>With the holder, as the service does it.</summary>
    [Benchmark]
    public SealedHolder VerifyAndOpen() => Seals.Open(Verifier.Verify(Next(), SampleCode.Now));

    /// <summary>A forged certificate: its key is not imported.</summary>
    [Benchmark]
    public CodeCheck VerifyForged() => Verifier.Verify(Forged, SampleCode.Now);

    private static bool BareVerify(ECDsa key) =>
        key.VerifyData(SampleCode.ToBeSigned.AsSpan(), SampleCode.Signature.AsSpan(), HashAlgorithmName.SHA256);

    private static string Mint()
    {
        var phone = LocalCodeSigner.Create();
        var holder = new SealedHolder(SampleCode.Holder, SampleCode.Vehicle) { Device = new DeviceNumber(1) };
        var certificate = new CertificateIssuer(Ring).Issue(holder, phone.PublicKey, SampleCode.Now, CertificateFormat.LongestLife);
        return new DeviceCodeMinter(phone, certificate).Mint(SampleCode.Now).Text;
    }

    private static string Damage(string code, int at)
    {
        var bytes = SampleCode.Decode(code);
        bytes[at] ^= 1;
        return DeviceCodeFormat.Prefix + Base45.Encode(bytes);
    }

    private string Next() => Codes[unchecked(_next++) % Codes.Length];
}
