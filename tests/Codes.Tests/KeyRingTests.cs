using CsCheck;
using NodaTime;

namespace Parking.Codes.Tests;

public class KeyRingTests
{
    private static readonly KeyRingPolicy Policy = KeyRingPolicy.Default;
    private static readonly Instant Start = Samples.Now;

    [Fact]
    public void Found_FirstStart_SignsAndPublishesAtOnce()
    {
        Assert.Same(Samples.Key, Samples.Ring.SignerAt(Start));
        Assert.Equal([Samples.Key.PublicKey], Samples.Ring.PublishedAt(Start).Keys);
        Assert.Equal(KeyPhase.Signing, Samples.Ring.Lives[0].PhaseAt(Start));
    }

    [Fact]
    public void Advance_NothingDue_IsTheSameRingAndMakesNoKey() =>
        Assert.Same(Samples.Ring, Samples.Ring.Advance(Samples.Ring.NextChangeAt - Duration.Epsilon, NoKey));

    [Fact]
    public void Advance_OverOneLife_WalksAnnounceSignRetireDrop()
    {
        var second = CodeForge.AnotherKey();
        var announcedAt = Start + Policy.RotationPeriod - Policy.AnnounceLead;
        Assert.Equal(announcedAt, Samples.Ring.NextChangeAt);

        var ring = Samples.Ring.Advance(announcedAt, () => second);
        var takesOverAt = Start + Policy.RotationPeriod;
        var dropsAt = takesOverAt + Policy.KeepAfterSigning;
        Assert.Equal(new KeyLife(Samples.Key, Start, Start, takesOverAt, dropsAt), ring.Lives[0]);
        Assert.Equal(new KeyLife(second, announcedAt, takesOverAt, null, null), ring.Lives[1]);
        Assert.Equal(2, ring.PublishedAt(announcedAt).Keys.Count);

        Assert.Same(Samples.Key, ring.SignerAt(takesOverAt - Duration.Epsilon));
        Assert.Same(second, ring.SignerAt(takesOverAt));
        Assert.Equal((KeyPhase.Signing, KeyPhase.Announced), Phases(takesOverAt - Duration.Epsilon));
        Assert.Equal((KeyPhase.Retired, KeyPhase.Signing), Phases(takesOverAt));

        Assert.Equal(2, ring.PublishedAt(dropsAt - Duration.Epsilon).Keys.Count);
        Assert.Equal([second.PublicKey], ring.PublishedAt(dropsAt).Keys);
        var check = Samples.Verifier.Verify(Samples.Mint().Text, Samples.Now);
        Assert.True(ring.SealingKeysAt(dropsAt - Duration.Epsilon).TryOpen(check, out _));
        Assert.False(ring.SealingKeysAt(dropsAt).TryOpen(check, out _));
        Assert.Throws<KeyNotFoundException>(() => ring.SealingKeysAt(dropsAt).Open(check));

        Assert.Equal(dropsAt, ring.NextChangeAt);
        Assert.Same(ring, ring.Advance(dropsAt - Duration.Epsilon, NoKey));
        Assert.Equal([second], ring.Advance(dropsAt, NoKey).Lives.Select(life => life.Key));

        (KeyPhase, KeyPhase) Phases(Instant now) => (ring.Lives[0].PhaseAt(now), ring.Lives[1].PhaseAt(now));
    }

    [Fact]
    public void Advance_MonthsTooLate_StillAnnouncesForAWholeHorizon()
    {
        var late = Start + Duration.FromDays(200);

        var ring = Samples.Ring.Advance(late, CodeForge.AnotherKey);

        Assert.Equal(late + Policy.AnnounceLead, ring.Lives[1].SignsFrom);
        Assert.Same(Samples.Key, ring.SignerAt(late));
    }

    [Fact]
    public void Announce_TooSoonOrOutOfOrder_Throws()
    {
        var soonest = Start + Policy.AnnounceLead;
        var ring = Samples.Ring.Announce(CodeForge.AnotherKey(), Start, soonest);

        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Ring.Announce(CodeForge.AnotherKey(), Start, soonest - Duration.Epsilon));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Announce(CodeForge.AnotherKey(), Start, soonest));
    }

    [Fact]
    public void Announce_KeyIdIsTaken_Throws()
    {
        var impostor = new SigningKey(Samples.Key.Signer, CodeSeal.Create());

        var thrown = Assert.Throws<ArgumentException>(() => Samples.Ring.Announce(impostor, Start, Start + Duration.FromDays(30)));

        Assert.Contains(Samples.Key.Id.ToString(), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SignerAt_ClockSetBackBeforeTheFirstKey_IsStillThatKey()
    {
        Assert.Same(Samples.Key, Samples.Ring.SignerAt(Start - Duration.FromDays(1)));
        Assert.Single(Samples.Ring.PublishedAt(Start - Duration.FromDays(1)).Keys);
    }

    // Years of a service that looks at its ring at irregular times, for any policy: at every step the new code is minted by the one signer
    // and verified by key sets of every age up to the horizon, and last codes of the previous steps are verified by the newest set.
    [Fact]
    public void Rotation_UnderLoad_RefusesNoValidCode()
    {
        var hours = Gen.Int[0, 200];
        Gen.Select(hours, Gen.Int[1, 400], Gen.Int[1, 60].Array[60, 120])
            .SampleCases(
                Depth.Walks,
                (horizonHours, periodHours, steps) =>
                {
                    var policy = new KeyRingPolicy
                    {
                        OfflineHorizon = Duration.FromHours(horizonHours),
                        RotationPeriod = Duration.FromHours(periodHours),
                    };
                    WalkThrough(policy, steps.Select(step => Duration.FromMinutes(step * (periodHours + 5))));
                });
    }

    [Fact]
    public void Rotation_AtTheExactTurn_OldAndNewCodesBothPass()
    {
        var ring = Samples.Ring.Advance(Samples.Ring.NextChangeAt, CodeForge.AnotherKey);
        var turn = ring.Lives[1].SignsFrom;
        var (before, after) = (turn - Duration.FromSeconds(1), turn);
        var old = new CodeMinter(ring).Mint(Samples.Holder, Samples.Vehicle, before);
        var young = new CodeMinter(ring).Mint(Samples.Holder, Samples.Vehicle, after);

        var fetchedAHorizonAgo = new CodeVerifier(ring.PublishedAt(turn - Policy.OfflineHorizon));
        Assert.Equal(ring.Lives[0].Key.Id, fetchedAHorizonAgo.Verify(old.Text, after).KeyId);
        Assert.True(fetchedAHorizonAgo.Verify(old.Text, after).IsAccepted);
        Assert.Equal(ring.Lives[1].Key.Id, fetchedAHorizonAgo.Verify(young.Text, after).KeyId);
        Assert.True(fetchedAHorizonAgo.Verify(young.Text, after).IsAccepted);
    }

    private static void WalkThrough(KeyRingPolicy policy, IEnumerable<Duration> steps)
    {
        var now = Start;
        var ring = KeyRing.Found(CodeForge.AnotherKey(), now, policy);
        var published = new List<(Instant At, CodeVerifier Verifier)>();
        var minted = new List<(MintedCode Code, HolderId Holder)>();
        var signers = new HashSet<KeyId>();
        var holder = 0UL;
        var longest = Duration.Zero;
        foreach (var step in steps)
        {
            now += step;
            longest = Duration.Max(longest, step);
            ring = ring.Advance(now, CodeForge.AnotherKey);
            Assert.Single(ring.Lives, life => life.PhaseAt(now) == KeyPhase.Signing);
            signers.Add(ring.SignerAt(now).Id);

            var current = ring.PublishedAt(now);
            published.Add((now, new CodeVerifier(current)));
            published.RemoveAll(set => now - set.At > policy.OfflineHorizon + policy.PublicationDelay);

            // Minted now, shown to gates whose key sets are of any age up to the horizon.
            var code = new CodeMinter(ring).Mint(new HolderId(++holder), VehicleSlot.None, now);
            Assert.All(published, set => Assert.Equal(CodeRefusal.None, set.Verifier.Verify(code.Text, now).Refusal));
            minted.Add((code, new HolderId(holder)));

            // Scanned offline at the last moment, delivered up to a horizon later: checked as of then, and its holder found.
            minted.RemoveAll(earlier => now - earlier.Code.ExpiresAt > policy.OfflineHorizon + policy.CodeLifetime.ClockSkew);
            var (verifier, seals) = (new CodeVerifier(current), ring.SealingKeysAt(now));
            Assert.All(minted, earlier =>
            {
                var check = verifier.Verify(earlier.Code.Text, earlier.Code.ExpiresAt);
                Assert.Equal(CodeRefusal.None, check.Refusal);
                Assert.Equal(earlier.Holder, seals.Open(check).Holder);
            });
        }

        // The walk is worth something only if it crossed turns.
        Assert.True(signers.Count > 1 || now - Start < policy.AnnounceLead + policy.RotationPeriod + longest);
    }

    private static SigningKey NoKey() => throw new InvalidOperationException("No key is due.");
}
