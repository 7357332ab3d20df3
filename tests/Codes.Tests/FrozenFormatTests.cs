using System.Text;
using NodaTime;

namespace Parking.Codes.Tests;

/// <summary>
/// A key ring, its published key sets and a code of it, as they were written once. docs/formats.md lists them. Gates and phones of any age
/// must understand them. The keys were made for this test and protect nothing.
/// </summary>
public class FrozenFormatTests
{
    /// <summary>Version 1: a key that signs, one that was revoked, and its replacement.</summary>
    private const string Ring =
        """
        {
          "version": 1,
          "keys": [
            {
              "kid": "f87114bc",
              "announcedAt": "2026-05-04T08:30:15Z",
              "signsFrom": "2026-05-04T08:30:15Z",
              "x": "q7nvGuxRApz7CQQ0EcVH7pXDtLkoWtjkiiLeoZnmuTM",
              "y": "ysi1wPBMmjkRB3Tlg4kx7gwTeAkpeWDERpnY3zjDj2U",
              "d": "Dfk8NHD6XWWGOaKsZr3eprcl5e6Fp2HzfBL2yHJEhaw",
              "seal": "mrDAGEsZoI1_9dRYk0YebkQ1R2mKtri6RbYJf6Y4teg"
            },
            {
              "kid": "d637c06f",
              "announcedAt": "2026-05-27T07:30:15Z",
              "signsFrom": "2026-06-03T08:30:15Z",
              "x": "oYtLRObt5-Vd_A04kss7A7yVV1_jrbPlZ0CwSMLyvlI",
              "y": "h9Wj9WTY2mLYgNSzSP1DVNiZCXrg-ng95Q1WkRV_S8I",
              "d": "AyqjNlUKkfyl5wp_WaW3mQaqCl_i_c9kQoTNH-wT-Gw",
              "seal": "rDTlFYczGU3jUzYgFxVhqnbNsBI-4H0nkRQI1yyrcY4",
              "revokedAt": "2026-06-09T09:31:45Z"
            },
            {
              "kid": "aebf7598",
              "announcedAt": "2026-06-09T09:31:45Z",
              "signsFrom": "2026-06-09T09:31:45Z",
              "x": "J3BAIxjQPqUN0oRq6weMfl1I89F__PRILfxRYEQuV6s",
              "y": "cEjyoRNc2jq7XVVCp5jI7QP_Zt0cPG7DqQ245RyOt2E",
              "d": "bkTYj7AiIr37iIitYbM_NUmJZY_bb772yPWzQelDFbQ",
              "seal": "-LpZWIdWgCeRlJuaJWHvrtNtpQ3gllolOJmFyTuWwdk"
            }
          ]
        }
        """;

    /// <summary>The keys that are not revoked.</summary>
    private const string Jwks =
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"J3BAIxjQPqUN0oRq6weMfl1I89F__PRILfxRYEQuV6s\","
        + "\"y\":\"cEjyoRNc2jq7XVVCp5jI7QP_Zt0cPG7DqQ245RyOt2E\",\"kid\":\"aebf7598\",\"alg\":\"ES256\",\"use\":\"sig\"},"
        + "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"q7nvGuxRApz7CQQ0EcVH7pXDtLkoWtjkiiLeoZnmuTM\","
        + "\"y\":\"ysi1wPBMmjkRB3Tlg4kx7gwTeAkpeWDERpnY3zjDj2U\",\"kid\":\"f87114bc\",\"alg\":\"ES256\",\"use\":\"sig\"}]}";

    /// <summary>The same keys.</summary>
    private const string CoseKeySet =
        "82a701020244aebf7598032604810220012158202770402318d03ea50dd2846aeb078c7e5d48f3d17ffcf4482dfc5160442e57ab2258207048f2a113"
        + "5cda3abb5d5542a798c8ed03ff66dd1c3c6ec3a90db8e51c8eb761a701020244f87114bc03260481022001215820abb9ef1aec51029cfb09043411c5"
        + "47ee95c3b4b9285ad8e48a22dea199e6b933225820cac8b5c0f04c9a39110774e5838931ee0c137809297960c44699d8df38c38f65";

    /// <summary>
    /// Of <see cref="Samples.Holder"/> and <see cref="Samples.Vehicle"/>, by the first key. Its seven random bytes are all 7.
    /// </summary>
    private const string Code =
        "SP1:PWGSLKC 4GW8DDE3%NE6BHRKBF3$HVEMABF3$HV0-2E5AX61*X0R*N.Y5RBH8$L//148CZ48R9Q77NYQ9COLM N64CDMC::4"
        + "1C4O/HL/CAMDS0F JD/2LJ7LX+58/2R22N$MXMSJM1:T5DR6TV4F$8DLKB:B08L1YGED200";

    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 30, 15);

    private readonly KeyRing _ring = KeyRingDocument.Read(Encoding.UTF8.GetBytes(Ring));

    [Fact]
    public void KeyRing_IsReadAndWrittenAsBefore()
    {
        Assert.Equal(["f87114bc", "d637c06f", "aebf7598"], _ring.Lives.Select(life => life.Key.Id.ToString()));
        Assert.Equal(Instant.FromUtc(2026, 6, 9, 9, 31, 45), _ring.Lives[1].RevokedAt);
        Assert.Equal(Ring, Encoding.UTF8.GetString(KeyRingDocument.Write(_ring)), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void KeySets_AreWrittenAsBefore_AndReadBack()
    {
        var published = _ring.PublishedAt(Now);

        Assert.Equal(Jwks, Encoding.UTF8.GetString(published.ToJwks()));
        Assert.Equal(CoseKeySet, Convert.ToHexStringLower(published.ToCoseKeySet()));
        Assert.Equal(published, PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(Jwks)));
        Assert.Equal(published, PublicKeySet.FromCoseKeySet(Convert.FromHexString(CoseKeySet)));
    }

    [Fact]
    public void Code_OfAPublishedKey_IsAccepted_AndOpensToItsHolder()
    {
        var verifier = new CodeVerifier(PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(Jwks)));

        var check = verifier.Verify(Code, Now);

        Assert.True(check.IsAccepted);
        Assert.Equal(new(Samples.Holder, Samples.Vehicle), _ring.SealingKeysAt(Now).Open(check));
        Assert.Equal(CodeRefusal.Expired, verifier.Verify(Code, Now + Duration.FromSeconds(90)).Refusal);
    }

    /// <summary>All but the signature, which is another one each time.</summary>
    [Fact]
    public void Code_MintedAgain_HasTheSameBytesBeforeItsSignature()
    {
        const int signature = 64;
        var before = Samples.BytesOf(Code)[..^signature];

        var minted = new CodeMinter(_ring, random => random.Fill(7)).Mint(Samples.Holder, Samples.Vehicle, Now);

        Assert.Equal(before, Samples.BytesOf(minted.Text)[..^signature]);
    }

    [Fact]
    public void Code_OfALaterFormat_IsNotACode() => Assert.Equal(
        CodeRefusal.NotACode, new CodeVerifier(_ring.PublishedAt(Now)).Verify("SP3:" + Code[CodeFormat.Prefix.Length..], Now).Refusal);
}
