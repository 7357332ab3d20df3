using NodaTime;

namespace Parking.Codes.Tests;

public class CodeVerifierTests
{
    private static CodeCheck Verify(string? text) => Samples.Verifier.Verify(text, Samples.Now);

    [Fact]
    public void Verify_GenuineCode_IsAcceptedWithItsFacts()
    {
        var code = Samples.Mint();

        var check = Verify(code.Text);

        Assert.Equal(CodeRefusal.None, check.Refusal);
        Assert.True(check.IsAccepted);
        Assert.True(check.IsGenuine);
        Assert.Equal((Samples.Key.Id, code.Id), (check.KeyId, check.CodeId));
        Assert.Equal((code.IssuedAt, code.ExpiresAt), (check.IssuedAt, check.ExpiresAt));
    }

    [Fact]
    public void Default_NoCheckWasMade_ReadsAsRefused()
    {
        Assert.False(default(CodeCheck).IsAccepted);
        Assert.False(default(CodeCheck).IsGenuine);
        Assert.Equal(CodeRefusal.NotACode, default(CodeCheck).Refusal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("SP1")]
    [InlineData("SP3:")]
    [InlineData("sp1:")]
    [InlineData(" SP1:")]
    [InlineData("\uD800")]
    [InlineData("https://example.org/?SP1:")]
    public void Verify_WithoutThePrefix_IsNotACode(string? text)
    {
        Assert.Equal(CodeRefusal.NotACode, Verify(text).Refusal);
        Assert.Equal(CodeRefusal.NotACode, Verify(text + "\uDC00").Refusal);
    }

    [Theory]
    [InlineData("SP1:A")]
    [InlineData("SP1:GGW")]
    [InlineData("SP1:V5")]
    [InlineData("SP1:bb8")]
    [InlineData("SP1:\uD800\uDC00\uD800")]
    [InlineData("SP1:\uDC00\0")]
    public void Verify_NotBase45_IsABadEncoding(string text) => Assert.Equal(CodeRefusal.BadEncoding, Verify(text).Refusal);

    [Fact]
    public void Verify_CodeFollowedOrPrecededByASpace_IsRefused()
    {
        // A space belongs to the Base45 alphabet: nothing is trimmed, so a sloppy reader is noticed and not guessed at.
        var text = Samples.Mint().Text;

        Assert.Equal(CodeRefusal.BadEncoding, Verify(text + " ").Refusal);
        Assert.Equal(CodeRefusal.NotACode, Verify(" " + text).Refusal);
    }

    [Fact]
    public void Verify_VeryLongText_IsABadShapeWithoutBeingDecoded()
    {
        Assert.Equal(CodeRefusal.BadShape, Verify("SP1:" + new string('0', 1 << 20)).Refusal);
        Assert.Equal(CodeRefusal.BadShape, Verify("SP1:" + new string('0', 1020)).Refusal);
        Assert.Equal(CodeRefusal.BadShape, Verify("SP1:" + new string('a', 1021)).Refusal);
        Assert.Equal(CodeRefusal.BadEncoding, Verify("SP1:" + new string('a', 1020)).Refusal);
    }

    [Theory]
    [InlineData(-35)] // ES384
    [InlineData(-8)] // EdDSA
    [InlineData(-257)] // RS256
    [InlineData(-9)] // ESP256: the same curve and hash, fully specified; not what the format says
    [InlineData(5)] // HMAC 256/256
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Verify_AnotherAlgorithm_IsUnsupportedWhateverItsSignaturesSize(long algorithm)
    {
        var header = CodeForge.HeaderWithAlgorithm(algorithm);
        var payload = CodeForge.RightClaims();

        foreach (var size in new[] { 0, 32, 64, 96, 132, 256 })
        {
            var check = Verify(Samples.TextOf(CodeForge.Assemble(header, payload, new byte[size])));
            Assert.Equal(CodeRefusal.UnsupportedAlgorithm, check.Refusal);
        }
    }

    [Fact]
    public void Verify_SignedByAKeyNotInTheSet_IsAnUnknownKey()
    {
        var other = CodeForge.AnotherKey();
        var code = new CodeMinter(KeyRing.Found(other, Samples.Now)).Mint(Samples.Holder, Samples.Vehicle, Samples.Now);

        var check = Verify(code.Text);

        Assert.Equal(CodeRefusal.UnknownKey, check.Refusal);
        Assert.Equal((other.Id, default), (check.KeyId, check.CodeId));
        Assert.Equal(CodeRefusal.UnknownKey, new CodeVerifier(new PublicKeySet([])).Verify(code.Text, Samples.Now).Refusal);
    }

    [Theory]
    [InlineData(10)] // key id is at 8 to 11: the expiry, the issue, the id and the signature follow
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(30)]
    [InlineData(44)]
    [InlineData(47)]
    [InlineData(79)]
    [InlineData(110)]
    public void Verify_OneBitChanged_IsRefused(int at)
    {
        var bytes = Samples.BytesOf(Samples.Mint().Text);
        bytes[at] ^= 1;

        var check = Verify(Samples.TextOf(bytes));

        Assert.Equal(at < 12 ? CodeRefusal.UnknownKey : CodeRefusal.BadSignature, check.Refusal);
        Assert.Equal(default, check.CodeId);
        Assert.Equal(default, check.ExpiresAt);
    }

    [Theory]
    [InlineData("00", "00")]
    [InlineData("00", "01")]
    [InlineData("FF", "FF")]
    public void Verify_SignatureOutsideTheCurvesRange_IsABadSignature(string r, string s)
    {
        var signature = Convert.FromHexString(string.Concat(Enumerable.Repeat(r, 32)) + string.Concat(Enumerable.Repeat(s, 32)));
        var text = Samples.TextOf(CodeForge.Assemble(CodeForge.Header(), CodeForge.RightClaims(), signature));

        Assert.Equal(CodeRefusal.BadSignature, Verify(text).Refusal);
    }

    [Fact]
    public void Verify_TheOtherSignatureOfTheSameCode_IsTheSameCode()
    {
        var code = Samples.Mint();
        var bytes = Samples.BytesOf(code.Text);
        CodeForge.OtherSignature(bytes.AsSpan(^64..)).CopyTo(bytes.AsSpan(^64..));
        var text = Samples.TextOf(bytes);

        var check = Verify(text);

        Assert.NotEqual(code.Text, text);
        Assert.Equal(CodeRefusal.None, check.Refusal);
        Assert.Equal(code.Id, check.CodeId);
    }

    [Theory]
    [InlineData(-30_001, CodeRefusal.NotYetValid)]
    [InlineData(-30_000, CodeRefusal.None)]
    [InlineData(-29_999, CodeRefusal.None)]
    [InlineData(0, CodeRefusal.None)]
    [InlineData(60_000, CodeRefusal.None)]
    [InlineData(89_000, CodeRefusal.None)]
    [InlineData(89_999, CodeRefusal.None)]
    [InlineData(90_000, CodeRefusal.Expired)]
    [InlineData(91_000, CodeRefusal.Expired)]
    public void Verify_AroundTheEndsOfItsTime_IsHalfOpen(int millisecondsAfterIssue, CodeRefusal expected)
    {
        var code = Samples.Mint();

        var check = Samples.Verifier.Verify(code.Text, code.IssuedAt + Duration.FromMilliseconds(millisecondsAfterIssue));

        Assert.Equal(expected, check.Refusal);
        Assert.True(check.IsGenuine);
        Assert.Equal(code.Id, check.CodeId);
        Assert.Equal(expected == CodeRefusal.None, check.IsAccepted);
    }

    [Fact]
    public void Verify_WithoutSkew_FollowsTheCodesOwnTimes()
    {
        var code = Samples.Mint();
        var verifier = new CodeVerifier(Samples.Keys, CodeLifetime.Default with { ClockSkew = Duration.Zero });

        Assert.Equal(CodeRefusal.NotYetValid, verifier.Verify(code.Text, code.IssuedAt - Duration.Epsilon).Refusal);
        Assert.Equal(CodeRefusal.None, verifier.Verify(code.Text, code.IssuedAt).Refusal);
        Assert.Equal(CodeRefusal.None, verifier.Verify(code.Text, code.ExpiresAt - Duration.Epsilon).Refusal);
        Assert.Equal(CodeRefusal.Expired, verifier.Verify(code.Text, code.ExpiresAt).Refusal);
    }

    [Fact]
    public void Verify_AtTheEndsOfTime_DoesNotThrow()
    {
        var text = Samples.Mint().Text;

        Assert.Equal(CodeRefusal.NotYetValid, Samples.Verifier.Verify(text, Instant.MinValue).Refusal);
        Assert.Equal(CodeRefusal.Expired, Samples.Verifier.Verify(text, Instant.MaxValue).Refusal);
    }

    [Fact]
    public void Verify_SeveralThingsWrong_ReportsTheFirst()
    {
        var tooLate = Samples.Now + Duration.FromHours(1);
        var bytes = Samples.BytesOf(Samples.Mint().Text);
        bytes[110] ^= 1;
        Assert.Equal(CodeRefusal.BadSignature, Samples.Verifier.Verify(Samples.TextOf(bytes), tooLate).Refusal);
        bytes[8] ^= 1;
        Assert.Equal(CodeRefusal.UnknownKey, Samples.Verifier.Verify(Samples.TextOf(bytes), tooLate).Refusal);
        bytes[4] = 0x27; // alg -8
        Assert.Equal(CodeRefusal.UnsupportedAlgorithm, Samples.Verifier.Verify(Samples.TextOf(bytes), tooLate).Refusal);
        bytes[0] = 0x83;
        Assert.Equal(CodeRefusal.BadShape, Samples.Verifier.Verify(Samples.TextOf(bytes), tooLate).Refusal);
    }

    [Fact]
    public async Task Verify_FromManyThreadsAtOnce_AnswersEachRightly()
    {
        var good = Samples.Mint().Text;
        var bytes = Samples.BytesOf(good);
        bytes[110] ^= 1;
        var forged = Samples.TextOf(bytes);

        var runs = Enumerable.Range(0, 16).Select(run => Task.Run(
            () => Enumerable.Range(0, 200).Count(i => Verify((i + run) % 2 == 0 ? good : forged).IsAccepted == ((i + run) % 2 == 0)),
            TestContext.Current.CancellationToken));

        Assert.All(await Task.WhenAll(runs), right => Assert.Equal(200, right));
    }

    [Fact]
    public void Verify_Garbage_AllocatesNothing()
    {
        var shapeless = Samples.TextOf(new byte[111]);
        Verify(shapeless);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(0, Allocations.Of(() => Verify(shapeless)));
        }
    }
}
