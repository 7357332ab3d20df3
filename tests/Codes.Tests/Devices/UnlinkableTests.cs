using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

/// <summary>
/// A phone shows each of its certificates for one passage. Whoever photographs two passages must not see that they are of one phone.
/// </summary>
public class UnlinkableTests
{
    private const int Certificates = 8;

    /// <summary>Two runs of four random bytes are equal by chance once in 2^32 pairs: never in this test.</summary>
    private const int Run = 4;

    private static readonly Instant Hour = Instant.FromUtc(2026, 5, 4, 8, 0);

    [Fact]
    public void TwoPassagesOfOnePhone_ShareNoRunOfBytesThatNamesIt()
    {
        var ofOnePhone = Codes(_ => DeviceSamples.Holder, _ => Duration.FromMinutes(7));
        var free = FreeRuns();

        foreach (var (one, other) in Pairs(ofOnePhone))
        {
            Assert.Empty(Runs(one, free).Intersect(Runs(other, free)));
        }
    }

    [Fact]
    public void TwoPassagesOfOnePhone_ShareAtEqualPlacesAsManyBytesAsThoseOfTwo()
    {
        var ofOnePhone = Codes(_ => DeviceSamples.Holder, _ => Duration.FromMinutes(7));

        var within = Pairs(ofOnePhone).Average(pair => EqualBytes(pair.One, pair.Other));
        var between = Pairs(OfManyPhones()).Average(pair => EqualBytes(pair.One, pair.Other));

        // Of 281 bytes 217 are random. Of those, a pair has 0.85 in common in the mean.
        Assert.InRange(within - between, -2, 2);
    }

    [Fact]
    public void CertificatesOfOneHour_HaveTheSameTimes_WhoeverAsksForThem()
    {
        var times = OfManyPhones().Select(code => Convert.ToHexString(code, 7 + 14, 13)).Distinct();

        Assert.Single(times);
    }

    /// <summary>Where a run can begin that is not part of what the codes of all phones have in common.</summary>
    private static int[] FreeRuns()
    {
        var others = OfManyPhones();
        var isFree = Enumerable.Range(0, DeviceCodeFormat.EncodedSize)
            .Select(at => others.Select(code => code[at]).Distinct().Count() > 1)
            .ToArray();
        Assert.InRange(isFree.Count(free => free), 215, 220);
        return [.. Enumerable.Range(0, isFree.Length - Run + 1).Where(at => isFree.AsSpan(at, Run).IndexOf(false) < 0)];
    }

    private static List<byte[]> OfManyPhones() =>
        Codes(i => new(new HolderId(42UL + (ulong)i), new VehicleSlot(1)) { Device = new(1) }, i => Duration.FromMinutes(6 * i));

    /// <summary>Codes with a certificate each, shown a second apart.</summary>
    private static List<byte[]> Codes(Func<int, SealedHolder> holder, Func<int, Duration> askedAfter) =>
    [
        .. Enumerable.Range(0, Certificates).Select(i =>
        {
            var key = LocalCodeSigner.Create();
            var certificate = DeviceSamples.Issuer.Issue(holder(i), key.PublicKey, Hour + askedAfter(i), CertificateFormat.LongestLife);
            return Samples.BytesOf(new DeviceCodeMinter(key, certificate).Mint(Hour + Duration.FromSeconds(4000 + i)).Text);
        }),
    ];

    private static IEnumerable<(byte[] One, byte[] Other)> Pairs(List<byte[]> codes) =>
        codes.SelectMany((one, index) => codes.Skip(index + 1).Select(other => (one, other)));

    private static IEnumerable<string> Runs(byte[] code, int[] places) =>
        places.Select(at => Convert.ToHexString(code, at, Run)).Distinct();

    private static int EqualBytes(byte[] one, byte[] other) => one.Zip(other).Count(pair => pair.First == pair.Second);
}
