using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.Codes.Devices;

namespace Parking.Codes.Tests.Devices;

/// <summary>
/// A key ring with certificate keys, their published sets and a device's code, as they were written once. docs/formats.md lists them. The
/// keys were made for this test and protect nothing.
/// </summary>
public class FrozenDeviceFormatTests
{
    /// <summary>Version 2: a code key, a certificate key that was revoked, and its replacement.</summary>
    private const string Ring =
        """
        {
          "version": 2,
          "keys": [
            {
              "kid": "a42fbc87",
              "announcedAt": "2026-05-04T08:30:15Z",
              "signsFrom": "2026-05-04T08:30:15Z",
              "x": "Jh56zCfYl5DHoZpYPCAgFtEE3frvCKrZc2AMImG4flA",
              "y": "IGPABz3kiodLRtzeRKGQXJQcR4Loz2bIP-kf4_cYTL0",
              "d": "Yl40KB6ugHAolhI8d-MjhCG3HHj5nyny7YR9wtgNE_I",
              "seal": "HGgnkCwpNQH3TFuBc59zhdG_dCMzRi5908i_byaVNow"
            }
          ],
          "certificateKeys": [
            {
              "kid": "3dec5b37",
              "announcedAt": "2026-05-04T08:30:15Z",
              "signsFrom": "2026-05-04T08:30:15Z",
              "x": "M9sXT6wQQtHsZzARrTYZLqJ3FMQZ8GnK5U-G3Wq4jic",
              "y": "usFGrjwcq3pCcnMUMlFQTYrhOIxjdFC_iO0EkpgppOc",
              "d": "fLk7WKyEtxCiFameHf8ZYPuEZIqYhYOy68kCQkVkBTs",
              "seal": "sg9oaBSI6WM504dSKvfxVWwwoqAs_NzMR_cw4ONPxSA",
              "revokedAt": "2026-05-05T14:30:15Z"
            },
            {
              "kid": "750a249a",
              "announcedAt": "2026-05-05T14:30:15Z",
              "signsFrom": "2026-05-05T14:30:15Z",
              "x": "Wg3ikMVZVmFvFVJroF-PuSOGkQY-4azch3HJdYVYHqo",
              "y": "pZ2oivNz5od4kktaPIld4y13x2GOv2V3sN-RcRedhpM",
              "d": "6w_xInqQBDYwtiN5L93D3mTfSNd4-GYuyVbR6bEgacY",
              "seal": "IJphqHfENm8w2cED92DJSC7H0qL4Ct3lHjFX3Ur8gtM"
            }
          ]
        }
        """;

    /// <summary>The certificate key that is not revoked.</summary>
    private const string Jwks =
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"Wg3ikMVZVmFvFVJroF-PuSOGkQY-4azch3HJdYVYHqo\",\"y\":\"pZ2oivNz5o"
        + "d4kktaPIld4y13x2GOv2V3sN-RcRedhpM\",\"kid\":\"750a249a\",\"alg\":\"ES256\",\"use\":\"sig\",\"urn:parking:signs\":\"d"
        + "evice-certificates\"}]}";

    /// <summary>The same key.</summary>
    private const string CoseKeySet =
        "81a801020244750a249a032604810220012158205a0de290c55956616f15526ba05f8fb9238691063ee1acdc8771c97585581eaa225820a59da8"
        + "8af373e68778924b5a3c895de32d77c7618ebf6577b0df9171179d86937175726e3a7061726b696e673a7369676e73736465766963652d636572"
        + "746966696361746573";

    /// <summary>
    /// Of <see cref="DeviceSamples.Holder"/>, with a certificate of two days after the ring's beginning, twenty hours later. The random
    /// bytes of the certificate are all 7, those of the code all 9.
    /// </summary>
    private const string Code =
        "SP2:+WGPLOO60+V1+D9O60CO0$ZEAS48CKX%DFN05IDA06WY0+HDZ/UR-0VGNV:RELM*ZH%DL-6H9 AKU1441F90X50324V94934.ED8HI$1PP%DJB6$"
        + "9K8LOANG.40IVB1CSYSB+I23ZB32FU2QF6B*YQ7T6JZTK GQS4YFD047S.LP6S0ZTEINGEA6GR$7FM:LJ:927B%$55H87815P9-2BXUS%G70KMGLTR O"
        + "Z$HXZKZKVSN2$ABNQR9934D6:U8GLC3E87/MI2OH:UPO9WMH/%LUU2*LP%*CUP5B9D1CKXLKBF33*V40B 49I61I61I61781Y88PZV8UDE3KJX7P0WP:"
        + "B BS39O7X6QB16$O5F5QAPT98C-1FM0%618$D/:G%9SJ:FAO61YS*LEDSIMBA%8C.69N.OU9S3YU13";

    private static readonly Instant CertifiedAt = Instant.FromUtc(2026, 5, 6, 8, 30, 15);
    private static readonly Instant Now = CertifiedAt + Duration.FromHours(20);

    /// <summary>The key of the device that signed <see cref="Code"/>.</summary>
    private static readonly LocalCodeSigner Device = new(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        D = Convert.FromHexString("83db9deca6e0006004625d77c4e2a55309f0182b4266c4bcb10ff8bb83fd8c08"),
        Q = new ECPoint
        {
            X = Convert.FromHexString("3469759167c6136d9c31789feec19182a500de5c88df995c1113245d2d7704ce"),
            Y = Convert.FromHexString("d3cb3496eb9f84f824aa699a3813ad9bdea3eb8cb92751a0d8697807adef4f00"),
        },
    });

    private readonly KeyRing _ring = KeyRingDocument.Read(Encoding.UTF8.GetBytes(Ring));

    [Fact]
    public void KeyRing_IsReadAndWrittenAsBefore()
    {
        Assert.Equal(["a42fbc87"], _ring.Lives.Select(life => life.Key.Id.ToString()));
        Assert.Equal(["3dec5b37", "750a249a"], _ring.CertificateLives.Select(life => life.Key.Id.ToString()));
        Assert.Equal(["3dec5b37"], _ring.RevokedAt(Now).Select(id => id.ToString()));
        Assert.Equal(Ring, Encoding.UTF8.GetString(KeyRingDocument.Write(_ring)), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void KeySets_AreWrittenAsBefore_AndReadBack()
    {
        var published = _ring.PublishedCertificateKeysAt(Now);

        Assert.Equal(Jwks, Encoding.UTF8.GetString(published.ToJwks()));
        Assert.Equal(CoseKeySet, Convert.ToHexStringLower(published.ToCoseKeySet()));
        Assert.Equal(published, PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(Jwks), KeyUse.Certificates));
        Assert.Equal(published, PublicKeySet.FromCoseKeySet(Convert.FromHexString(CoseKeySet), KeyUse.Certificates));
    }

    [Fact]
    public void Code_WithAPublishedKeysCertificate_IsAccepted_AndOpensToItsHolder()
    {
        var keys = PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(Jwks), KeyUse.Certificates);

        var check = new CodeVerifier(Samples.Keys, certificateKeys: keys).Verify(Code, Now);

        Assert.True(check.IsAccepted);
        Assert.Equal("44ae66ee5ba052dc883c7c2e2a4bd44f", check.CodeId.ToString());
        Assert.Equal(Instant.FromUtc(2026, 5, 6, 8, 0), check.ProvenFrom);
        Assert.Equal(DeviceSamples.Holder, _ring.SealingKeysAt(Now).Open(check));
    }

    /// <summary>All but the two signatures, which are others each time.</summary>
    [Fact]
    public void Code_IssuedAndMintedAgain_HasTheSameBytesBesideItsSignatures()
    {
        var certificate = new CertificateIssuer(_ring, random => random.Fill(7))
            .Issue(DeviceSamples.Holder, Device.PublicKey, CertifiedAt, CertificateFormat.LongestLife);

        var minted = new DeviceCodeMinter(Device, certificate, random => random.Fill(9)).Mint(Now);

        Assert.Equal(WithoutSignatures(Code), WithoutSignatures(minted.Text));
    }

    // The certificate's signature is at 132 to 196, the code's at 217 to 281.
    private static byte[] WithoutSignatures(string text) => [.. Samples.BytesOf(text)[..132], .. Samples.BytesOf(text)[196..217]];
}
