using NodaTime;

namespace Parking.Codes.Tests;

public class CodeMutationTests
{
    [Fact]
    public void Verify_RandomMutationsOfValidCodes_AreAllRefusedAndNoneThrows()
    {
        var other = new CodeMinter(KeyRing.Found(CodeForge.AnotherKey(), Samples.Now));
        string[] codes =
        [
            .. Enumerable.Range(0, 40)
                .Select(i => Samples.Minter.Mint(Samples.Holder, default, Samples.Now + Duration.FromSeconds(i)).Text),
            .. Enumerable.Range(0, 4).Select(_ => other.Mint(Samples.Holder, Samples.Vehicle, Samples.Now).Text),
        ];
        var mutator = new ServiceCodeMutator(RunSeed.RandomFor(nameof(CodeMutationTests)), codes);
        var refusals = new Dictionary<CodeRefusal, int>();

        for (var i = 0; i < Depth.Mutations; i++)
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
            refusal => Assert.InRange(refusals.GetValueOrDefault(refusal), Depth.Mutations / 200, Depth.Mutations));
    }
}
