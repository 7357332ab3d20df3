using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

public class DeviceMutationTests
{
    [Fact]
    public void Verify_RandomMutationsAndRecombinationsOfValidCodes_AreAllRefusedAndNoneThrows()
    {
        var phones = Enumerable.Range(0, 4).Select(_ => LocalCodeSigner.Create()).ToArray();
        string[] codes =
        [
            .. phones.SelectMany(phone =>
            {
                var minter = new DeviceCodeMinter(phone, DeviceSamples.Issue(phone));
                return Enumerable.Range(0, 10).Select(i => minter.Mint(DeviceSamples.Now + Duration.FromSeconds(i)).Text);
            }),
        ];
        Assert.All(codes, code => Assert.Equal(CodeRefusal.None, DeviceSamples.Verify(code).Refusal));
        var mutator = new DeviceCodeMutator(RunSeed.RandomFor(nameof(DeviceMutationTests)), codes, phones);
        var refusals = new Dictionary<CodeRefusal, int>();

        for (var i = 0; i < Depth.DeviceMutations; i++)
        {
            var text = mutator.Next();
            var refusal = DeviceSamples.Verify(text).Refusal;
            Assert.True(refusal != CodeRefusal.None, $"mutation {i} was accepted: {text}");
            refusals[refusal] = refusals.GetValueOrDefault(refusal) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", refusals.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));

        // Mutations that all died at the prefix would prove nothing: every check up to the signatures has its share.
        CodeRefusal[] all =
        [
            CodeRefusal.NotACode, CodeRefusal.BadEncoding, CodeRefusal.BadShape, CodeRefusal.UnsupportedAlgorithm, CodeRefusal.UnknownKey,
            CodeRefusal.BadCertificate, CodeRefusal.BadSignature,
        ];
        Assert.All(all, refusal =>
            Assert.InRange(refusals.GetValueOrDefault(refusal), Depth.DeviceMutations / 200, Depth.DeviceMutations));
    }
}

/// <summary>
/// Damages, mixes and forges codes of devices. It has the devices' keys, as their drivers have, and signs what it made of a certificate;
/// it does not have the service's.
/// </summary>
internal sealed class DeviceCodeMutator(Random random, string[] codes, LocalCodeSigner[] phones) : CodeMutator(random, codes)
{
    private readonly Random _random = random;
    private readonly HashSet<string> _certificates =
        [.. codes.Select(code => Convert.ToHexString(Samples.BytesOf(code).AsSpan(7, CertificateFormat.EncodedSize)))];

    // The places of a code's fields: header 3 to 196, in it the certificate from 7, payload 198 to 215, signature 217 to 281.
    protected override byte[] MutateFields(byte[] one, byte[] two)
    {
        var (header, payload, signature) = (one[3..196], one[198..215], one[217..]);
        switch (_random.Next(8))
        {
            case 0:
                return CodeForge.Assemble(two[3..196], payload, signature);
            case 1:
                return CodeForge.Assemble(header, two[198..215], signature);
            case 2:
                return CodeForge.Assemble(header, Reencode(payload), signature);
            case 3:
                signature[_random.Next(64)] ^= (byte)_random.Next(1, 256);
                return CodeForge.Assemble(header, payload, signature);
            case 4:
                return CodeForge.Assemble(DeviceOracle.CodeHeader(one[7..196], _random.Next(-300, 300)), payload, signature);
            case 5:
                _random.NextBytes(payload.AsSpan(9));
                return CodeForge.Assemble(header, payload, signature);
            default:
                return Signed(DeviceOracle.CodeHeader(MutateCertificate(one[7..196], two[7..196])), payload);
        }
    }

    // The places of a certificate's fields: header 2 to 11, payload 14 to 123, signature 125 to 189.
    private byte[] MutateCertificate(byte[] one, byte[] two)
    {
        while (true)
        {
            var (header, payload, signature) = (one[2..11], one[14..123], one[125..]);
            var certificate = _random.Next(8) switch
            {
                0 => CodeForge.Assemble(header, payload, two[125..]),
                1 => CodeForge.Assemble(header, [.. payload[..31], .. two[45..123]], signature),
                2 => CodeForge.Assemble(header, [.. payload[..13], .. two[27..45], .. payload[31..]], signature),
                3 => CodeForge.Assemble(header, Reencode(payload), signature),
                4 => CodeForge.Assemble(Reencode(header), payload, signature),
                5 => CodeForge.Assemble(DeviceOracle.CertificateHeader(header[5..], _random.Next(-300, 300)), payload, signature),
                6 => CodeForge.Assemble(DeviceOracle.CertificateHeader(Changed(header[5..])), payload, signature),
                _ => CodeForge.Assemble(header, Changed(payload), signature),
            };
            if (!_certificates.Contains(Convert.ToHexString(certificate)))
            {
                return certificate;
            }
        }
    }

    private byte[] Changed(byte[] bytes)
    {
        bytes[_random.Next(bytes.Length)] ^= (byte)_random.Next(1, 256);
        return bytes;
    }

    /// <summary>The phone that signs is the certificate's one time in four.</summary>
    private byte[] Signed(byte[] header, byte[] payload)
    {
        var signature = new byte[VerificationKey.SignatureSize];
        phones[_random.Next(phones.Length)].Sign(DeviceOracle.ToBeSigned(header, payload, "SP2"), signature);
        return CodeForge.Assemble(header, payload, signature);
    }
}
