using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

/// <summary>The certificate keys of a ring: a second line, with the life of code keys and a longer memory.</summary>
public class CertificateKeyTests
{
    private static readonly KeyRingPolicy Policy = new() { HasCertificateKeys = true };
    private static readonly Instant Start = Samples.Now;
    private static readonly KeyRing Ring = KeyRing.Found(Samples.Key, Start, Policy, DeviceSamples.CertificateKey);

    [Fact]
    public void Found_WithACertificateKey_SignsAndPublishesBothAtOnce()
    {
        Assert.Same(Samples.Key, Ring.SignerAt(Start));
        Assert.Same(DeviceSamples.CertificateKey, Ring.CertificateSignerAt(Start));
        Assert.Equal([Samples.Key.PublicKey], Ring.PublishedAt(Start).Keys);
        Assert.Equal([DeviceSamples.CertificateKey.PublicKey], Ring.PublishedCertificateKeysAt(Start).Keys);
        Assert.Equal((KeyUse.Codes, KeyUse.Certificates), (Ring.PublishedAt(Start).Use, Ring.PublishedCertificateKeysAt(Start).Use));
    }

    [Fact]
    public void Advance_RingFromBeforeThereWereCertificates_GetsAKeyThatIsAnnouncedFirst()
    {
        var old = KeyRingDocument.Read(KeyRingDocument.Write(KeyRing.Found(Samples.Key, Start)), Policy);
        var key = SigningKey.Create();
        var now = Start + Duration.FromDays(1);
        Assert.True(old.NextChangeAt <= now);
        Assert.Empty(old.PublishedCertificateKeysAt(now).Keys);
        Assert.Null(old.CertificateSignerAt(now));

        var ring = old.Advance(now, () => key);

        Assert.Equal(old.Lives, ring.Lives);
        Assert.Equal([key.PublicKey], ring.PublishedCertificateKeysAt(now).Keys);
        Assert.Null(ring.CertificateSignerAt(now + Policy.AnnounceLead - Duration.Epsilon));
        Assert.Same(key, ring.CertificateSignerAt(now + Policy.AnnounceLead));
        Assert.Same(ring, ring.Advance(now, NoKey));
    }

    [Fact]
    public void Advance_WithoutCertificateKeysInThePolicy_LeavesARingOfVersion1()
    {
        var ring = KeyRing.Found(Samples.Key, Start);

        Assert.Same(ring, ring.Advance(Start, NoKey));
        Assert.Contains("\"version\": 1", Encoding.UTF8.GetString(KeyRingDocument.Write(ring)), StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_RetiredCertificateKey_IsPublishedAsLongAsItsLastCodeCanArrive()
    {
        var ring = Ring.Advance(Ring.NextChangeAt, SigningKey.Create);
        Assert.Equal((2, 2), (ring.Lives.Count, ring.CertificateLives.Count));
        var turn = ring.CertificateLives[1].SignsFrom;
        var last = turn - Duration.FromSeconds(1);
        var certificate = new CertificateIssuer(ring).Issue(
            DeviceSamples.Holder, DeviceSamples.Phone.PublicKey, last, CertificateFormat.LongestLife);
        var code = new DeviceCodeMinter(DeviceSamples.Phone, certificate).Mint(certificate.ExpiresAt - DeviceCodeFormat.Life);

        // Shown at the last moment to a gate that is cut off, and brought by it after the whole horizon.
        var uploaded = code.ExpiresAt + Policy.CodeLifetime.ClockSkew + Policy.OfflineHorizon;
        var check = new CodeVerifier(
            ring.KeptAt(uploaded), Policy.CodeLifetime, ring.KeptCertificateKeysAt(uploaded)).Verify(code.Text, code.IssuedAt);

        Assert.Equal(DeviceSamples.CertificateKey.Id, certificate.KeyId);
        Assert.Equal(CodeRefusal.None, check.Refusal);
        Assert.Equal(DeviceSamples.Holder, ring.SealingKeysAt(uploaded).Open(check));
        var dropsAt = turn + Policy.KeepCertificateKeyAfterSigning;
        Assert.Equal(2, ring.PublishedCertificateKeysAt(dropsAt - Duration.Epsilon).Keys.Count);
        Assert.Single(ring.PublishedCertificateKeysAt(dropsAt).Keys);
        Assert.True(dropsAt >= turn + Duration.FromDays(14) + Policy.CodeLifetime.ClockSkew);
    }

    [Fact]
    public void Revoke_ACodeKey_LeavesDeviceCodesValid_AndTheReverse()
    {
        var ofDevice = DeviceSamples.Mint();
        var ofService = Samples.Mint();
        var withoutCodeKey = DeviceSamples.Ring.Revoke(Samples.Key.Id, Start, SigningKey.Create);
        var withoutCertificateKey = DeviceSamples.Ring.Revoke(DeviceSamples.CertificateKey.Id, Start, SigningKey.Create);

        Assert.Equal((CodeRefusal.UnknownKey, CodeRefusal.None), Check(withoutCodeKey));
        Assert.Equal((CodeRefusal.None, CodeRefusal.UnknownKey), Check(withoutCertificateKey));
        Assert.Equal([Samples.Key.Id], withoutCodeKey.RevokedAt(Start));
        Assert.Equal([DeviceSamples.CertificateKey.Id], withoutCertificateKey.RevokedAt(Start));

        // Another key signs at once, and what the revoked one signed is still opened where it comes late.
        Assert.NotEqual(DeviceSamples.CertificateKey.Id, withoutCertificateKey.CertificateSignerAt(Start)!.Id);
        Assert.Equal(
            withoutCertificateKey.CertificateSignerAt(Start), withoutCertificateKey.SignerLike(DeviceSamples.CertificateKey.Id, Start));
        Assert.Equal(withoutCodeKey.SignerAt(Start), withoutCodeKey.SignerLike(Samples.Key.Id, Start));
        var late = new CodeVerifier(
            withoutCertificateKey.KeptAt(Start), certificateKeys: withoutCertificateKey.KeptCertificateKeysAt(Start))
            .Verify(ofDevice.Text, Start);
        Assert.Equal(DeviceSamples.Holder, withoutCertificateKey.SealingKeysAt(Start).Open(late));

        (CodeRefusal, CodeRefusal) Check(KeyRing ring)
        {
            var verifier = DeviceSamples.VerifierOf(ring);
            return (verifier.Verify(ofService.Text, Start).Refusal, verifier.Verify(ofDevice.Text, Start).Refusal);
        }
    }

    [Fact]
    public void Ring_OneKeyForBothUses_Throws()
    {
        Assert.Throws<ArgumentException>(() => KeyRing.Found(Samples.Key, Start, Policy, Samples.Key));
        Assert.Throws<ArgumentException>(
            () => Ring.Announce(DeviceSamples.CertificateKey, Start, Start + Duration.FromDays(30)));
        Assert.Throws<ArgumentException>(() => KeyRing.Found(Samples.Key, Start, Policy).Advance(Start, () => Samples.Key));
    }

    // Rotations and revocations of any key in any order: each use has one signer that is published, no key is ever in both sets, and no
    // revoked one in either.
    [Fact]
    public void Ring_WhateverIsRevoked_KeepsTheUsesApart() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 7]).Array[1, 40].SampleCases(
            Depth.Walks,
            steps =>
            {
                var now = Start;
                var ring = KeyRing.Found(SigningKey.Create(), now, Policy);
                var revoked = new HashSet<KeyId>();
                foreach (var (days, which) in steps)
                {
                    now += Duration.FromDays(days);
                    ring = ring.Advance(now, SigningKey.Create);
                    KeyLife[] all = [.. ring.Lives, .. ring.CertificateLives];
                    if (which < all.Length)
                    {
                        revoked.Add(all[which].Key.Id);
                        ring = ring.Revoke(all[which].Key.Id, now, SigningKey.Create);
                    }

                    ring = KeyRingDocument.Read(KeyRingDocument.Write(ring), Policy);
                    var (codes, certificates) = (ring.PublishedAt(now), ring.PublishedCertificateKeysAt(now));
                    Assert.True(codes.TryGet(ring.SignerAt(now).Id, out _));
                    Assert.True(ring.CertificateSignerAt(now) is not { } signer || certificates.TryGet(signer.Id, out _));
                    Assert.NotEmpty(certificates.Keys);
                    Assert.Empty(codes.Keys.Intersect(certificates.Keys));
                    Assert.DoesNotContain(codes.Keys.Concat(certificates.Keys), key => revoked.Contains(key.Id));
                }
            });

    [Fact]
    public void PublishedSets_InEitherForm_AreReadForTheirUseOnly()
    {
        var codes = Ring.PublishedAt(Start);
        var certificates = Ring.PublishedCertificateKeysAt(Start);

        Assert.Equal(certificates, PublicKeySet.FromJwks(certificates.ToJwks(), KeyUse.Certificates));
        Assert.Equal(certificates, PublicKeySet.FromCoseKeySet(certificates.ToCoseKeySet(), KeyUse.Certificates));
        Assert.NotEqual(certificates, new PublicKeySet(certificates.Keys));
        Assert.Throws<FormatException>(() => PublicKeySet.FromJwks(certificates.ToJwks()));
        Assert.Throws<FormatException>(() => PublicKeySet.FromCoseKeySet(certificates.ToCoseKeySet()));
        Assert.Throws<FormatException>(() => PublicKeySet.FromJwks(codes.ToJwks(), KeyUse.Certificates));
        Assert.Throws<FormatException>(() => PublicKeySet.FromCoseKeySet(codes.ToCoseKeySet(), KeyUse.Certificates));
    }

    [Fact]
    public void FromJwks_KeysOfBothUsesInOneSet_AreToldApart()
    {
        var both = JsonNode.Parse(Ring.PublishedAt(Start).ToJwks())!;
        both["keys"]!.AsArray().Add(JsonNode.Parse(Ring.PublishedCertificateKeysAt(Start).ToJwks())!["keys"]![0]!.DeepClone());
        var json = Encoding.UTF8.GetBytes(both.ToJsonString());

        Assert.Equal(Ring.PublishedAt(Start), PublicKeySet.FromJwks(json));
        Assert.Equal(Ring.PublishedCertificateKeysAt(Start), PublicKeySet.FromJwks(json, KeyUse.Certificates));
    }

    public static TheoryData<string, string?, string> WrongMembers => new()
    {
        { "version", "1", "certificateKeys" },
        { "version", "3", "version" },
        { "certificateKeys", null, "certificateKeys" },
        { "certificateKeys", "null", "certificateKeys" },
        { "certificateKeys", "[]", "certificateKeys" },
        { "certificateKeys", "[null]", "certificateKeys[0]" },
    };

    [Theory]
    [MemberData(nameof(WrongMembers))]
    public void Document_OneMemberWrong_IsRefusedWithItsPlace(string member, string? json, string place) => AssertRefused(
        root =>
        {
            root.Remove(member);
            if (json is not null)
            {
                root[member] = JsonNode.Parse(json);
            }
        },
        place);

    [Fact]
    public void Document_OneKeyForBothUses_IsRefused() =>
        AssertRefused(root => root["certificateKeys"] = root["keys"]!.DeepClone(), "certificateKeys");

    private static void AssertRefused(Action<JsonObject> change, string place)
    {
        var root = JsonNode.Parse(KeyRingDocument.Write(Ring))!.AsObject();
        change(root);

        var thrown = Assert.Throws<FormatException>(() => KeyRingDocument.Read(Encoding.UTF8.GetBytes(root.ToJsonString())));

        Assert.Contains($"at {place}", thrown.Message, StringComparison.Ordinal);
    }

    private static SigningKey NoKey() => throw new InvalidOperationException("No key is due.");
}
