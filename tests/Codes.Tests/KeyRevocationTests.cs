using System.Text;
using CsCheck;
using NodaTime;

namespace Parking.Codes.Tests;

public class KeyRevocationTests
{
    private static readonly KeyRingPolicy Policy = KeyRingPolicy.Default;
    private static readonly Instant Start = Samples.Now;
    private static readonly Instant Later = Start + Duration.FromDays(3);

    [Fact]
    public void Revoke_TheSignerWithoutASuccessor_HasAFreshKeySignAtOnce()
    {
        var fresh = CodeForge.AnotherKey();

        var ring = Samples.Ring.Revoke(Samples.Key.Id, Later, () => fresh);

        Assert.Same(fresh, ring.SignerAt(Later));
        Assert.Equal([fresh.PublicKey], ring.PublishedAt(Later).Keys);
        Assert.Equal([Samples.Key.Id], ring.RevokedAt(Later));
        Assert.Equal(new KeyLife(Samples.Key, Start, Start, Later, Later + Policy.KeepAfterSigning, Later), ring.Lives[0]);
        Assert.Equal(new KeyLife(fresh, Later, Later, null, null), ring.Lives[1]);
        Assert.Equal((KeyPhase.Revoked, KeyPhase.Signing), (ring.Lives[0].PhaseAt(Later), ring.Lives[1].PhaseAt(Later)));
    }

    [Fact]
    public void Revoke_TheSignerWithAnAnnouncedSuccessor_HasThatOneSignAtOnce()
    {
        var second = CodeForge.AnotherKey();
        var announcedAt = Samples.Ring.NextChangeAt;
        var now = announcedAt + Duration.FromHours(1);

        var ring = Samples.Ring.Advance(announcedAt, () => second).Revoke(Samples.Key.Id, now, NoKey);

        Assert.Same(second, ring.SignerAt(now));
        Assert.Equal((announcedAt, now), (ring.Lives[1].AnnouncedAt, ring.Lives[1].SignsFrom));
    }

    [Fact]
    public void Revoke_AnAnnouncedKey_LeavesTheSignerAndHasAnotherAnnounced()
    {
        var announcedAt = Samples.Ring.NextChangeAt;
        var (second, third) = (CodeForge.AnotherKey(), CodeForge.AnotherKey());
        var ring = Samples.Ring.Advance(announcedAt, () => second).Revoke(second.Id, announcedAt, NoKey);

        Assert.Same(Samples.Key, ring.SignerAt(Start + Policy.RotationPeriod + Duration.FromDays(1)));
        Assert.Null(ring.Lives[0].SignsUntil);
        ring = ring.Advance(announcedAt + Duration.FromMinutes(1), () => third);
        Assert.Equal(
            [Samples.Key.PublicKey.Id, third.Id],
            ring.PublishedAt(announcedAt + Duration.FromMinutes(1)).Keys.Select(key => key.Id).OrderBy(id => id == third.Id));
        Assert.Same(third, ring.SignerAt(announcedAt + Duration.FromMinutes(1) + Policy.AnnounceLead));
    }

    [Fact]
    public void Revoke_ARetiredKey_LeavesTheSigner()
    {
        var second = CodeForge.AnotherKey();
        var ring = Samples.Ring.Advance(Samples.Ring.NextChangeAt, () => second);
        var now = Start + Policy.RotationPeriod + Duration.FromDays(1);

        ring = ring.Revoke(Samples.Key.Id, now, NoKey);

        Assert.Same(second, ring.SignerAt(now));
        Assert.Equal([second.PublicKey], ring.PublishedAt(now).Keys);
        Assert.Equal(Start + Policy.RotationPeriod, ring.Lives[0].SignsUntil);
    }

    [Fact]
    public void Revoke_Again_IsTheSameRing()
    {
        var ring = Samples.Ring.Revoke(Samples.Key.Id, Later, CodeForge.AnotherKey);

        Assert.Same(ring, ring.Revoke(Samples.Key.Id, Later + Duration.FromDays(1), NoKey));
    }

    [Fact]
    public void Revoke_KeyThatIsNotThere_Throws() =>
        Assert.Throws<KeyNotFoundException>(() => Samples.Ring.Revoke(CodeForge.AnotherKey().Id, Later, NoKey));

    [Fact]
    public void CodesOfARevokedKey_AreOfAnUnknownKey_AndStillOpenedWhereTheyComeLate()
    {
        var ring = Samples.Ring.Revoke(Samples.Key.Id, Start, CodeForge.AnotherKey);
        var code = Samples.Mint();

        var late = new CodeVerifier(ring.KeptAt(Start)).Verify(code.Text, Start);

        Assert.Equal(CodeRefusal.UnknownKey, new CodeVerifier(ring.PublishedAt(Start)).Verify(code.Text, Start).Refusal);
        Assert.True(late.IsAccepted);
        Assert.Equal(new SealedHolder(Samples.Holder, Samples.Vehicle), ring.SealingKeysAt(Start).Open(late));
    }

    [Fact]
    public void RevokedKey_IsKeptForTheHorizon_ThenForgotten()
    {
        var ring = Samples.Ring.Revoke(Samples.Key.Id, Later, CodeForge.AnotherKey);
        var dropsAt = Later + Policy.KeepAfterSigning;

        Assert.Equal(dropsAt, ring.NextChangeAt);
        Assert.Equal([Samples.Key.Id], ring.RevokedAt(dropsAt - Duration.Epsilon));
        Assert.Empty(ring.RevokedAt(dropsAt));
        Assert.Single(ring.Advance(dropsAt, NoKey).Lives);
    }

    [Fact]
    public void Document_OfARingWithRevokedKeys_ReadsBackTheSame()
    {
        // Revoked at the very instant it began to sign: two keys with the same beginning.
        var ring = Samples.Ring.Revoke(Samples.Key.Id, Start, CodeForge.AnotherKey);

        var back = KeyRingDocument.Read(KeyRingDocument.Write(ring));

        Assert.Equal(ring.RevokedAt(Later), back.RevokedAt(Later));
        Assert.Equal(ring.SignerAt(Start).Id, back.SignerAt(Start).Id);
        Assert.Equal(KeyRingDocument.Write(ring), KeyRingDocument.Write(back));
    }

    [Fact]
    public void Document_OfARingWithoutRevokedKeys_DoesNotSpeakOfThem() =>
        Assert.DoesNotContain("revoked", Encoding.UTF8.GetString(KeyRingDocument.Write(Samples.Ring)), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Document_WithNothingButRevokedKeys_IsRefused()
    {
        var text = Encoding.UTF8.GetString(KeyRingDocument.Write(Samples.Ring))
            .Replace("\"kid\"", "\"revokedAt\": \"2026-05-04T08:30:15Z\", \"kid\"", StringComparison.Ordinal);

        var thrown = Assert.Throws<FormatException>(() => KeyRingDocument.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Contains("not revoked", thrown.Message, StringComparison.Ordinal);
    }

    // Rotations and revocations of any key in any order: a key that is believed signs at every moment, and none that was revoked is ever
    // published.
    [Fact]
    public void Ring_WhateverIsRevoked_HasOneSignerThatIsPublished() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 3]).Array[1, 40].SampleCases(
            Depth.Walks,
            steps =>
            {
                var now = Start;
                var ring = KeyRing.Found(CodeForge.AnotherKey(), now);
                var revoked = new HashSet<KeyId>();
                foreach (var (days, which) in steps)
                {
                    now += Duration.FromDays(days);
                    ring = ring.Advance(now, CodeForge.AnotherKey);
                    if (which < ring.Lives.Count)
                    {
                        revoked.Add(ring.Lives[which].Key.Id);
                        ring = ring.Revoke(ring.Lives[which].Key.Id, now, CodeForge.AnotherKey);
                    }

                    ring = KeyRingDocument.Read(KeyRingDocument.Write(ring));
                    Assert.Single(ring.Lives, life => life.PhaseAt(now) == KeyPhase.Signing);
                    Assert.True(ring.PublishedAt(now).TryGet(ring.SignerAt(now).Id, out _));
                    Assert.DoesNotContain(ring.PublishedAt(now).Keys, key => revoked.Contains(key.Id));
                    Assert.Equal(ring.Lives.Select(life => life.SignsFrom).Order(), ring.Lives.Select(life => life.SignsFrom));
                }
            });

    private static SigningKey NoKey() => throw new InvalidOperationException("No key is due.");
}
