using System.Globalization;
using NodaTime;

namespace Parking.Codes.Tests;

public class CodeMutationTests
{
    private const int DefaultMutations = 100_000;
    private const int Seed = 20_260_504;

    // PARKING_MUTATIONS raises the number for a longer run.
    private static readonly int Mutations =
        int.TryParse(Environment.GetEnvironmentVariable("PARKING_MUTATIONS"), CultureInfo.InvariantCulture, out var count)
            ? count
            : DefaultMutations;

    [Fact]
    public void Verify_RandomMutationsOfValidCodes_AreAllRefusedAndNoneThrows()
    {
        var other = new CodeMinter(KeyRing.Found(CodeForge.AnotherKey(), Samples.Now));
        string[] codes =
        [
            .. Enumerable.Range(0, 40).Select(i => Samples.Minter.Mint(Samples.Holder, default, Samples.Now + Duration.FromSeconds(i)).Text),
            .. Enumerable.Range(0, 4).Select(_ => other.Mint(Samples.Holder, Samples.Vehicle, Samples.Now).Text),
        ];
        var mutator = new CodeMutator(new Random(Seed), codes);
        var refusals = new Dictionary<CodeRefusal, int>();

        for (var i = 0; i < Mutations; i++)
        {
            var text = mutator.Next();
            var refusal = Samples.Verifier.Verify(text, Samples.Now).Refusal;
            Assert.True(refusal != CodeRefusal.None, $"mutation {i} was accepted: {text}");
            refusals[refusal] = refusals.GetValueOrDefault(refusal) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", refusals.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));

        // Mutations that all died at the prefix would prove nothing: every check up to the signature has its share.
        Assert.All(
            Enum.GetValues<CodeRefusal>().Where(refusal => refusal is > CodeRefusal.None and <= CodeRefusal.BadSignature),
            refusal => Assert.InRange(refusals.GetValueOrDefault(refusal), Mutations / 200, Mutations));
    }
}
