using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Contracts;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>What the phone signs by itself, before the verifiers of gates and service.</summary>
[Collection<SharedService>]
public sealed class CoseTests(Chromium chromium, LiveService service)
{
    private const string Module = "cose.js";

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 30, 8, 30);
    private static readonly SealedHolder Holder = new(new HolderId(0x0123_4567_89AB_CDEF), new VehicleSlot(3)) { Device = new(2) };

    private static readonly KeyRing Ring =
        KeyRing.Found(SigningKey.Create(), Now - Duration.FromDays(1), certificateKey: SigningKey.Create());

    private static readonly CodeVerifier Verifier =
        new(Ring.PublishedAt(Now), Ring.Policy.CodeLifetime, Ring.PublishedCertificateKeysAt(Now));

    [Fact]
    public async Task Code_IsAccepted_AndNamesTheHolderOfItsCertificate()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var certificate = Issue(await MakeKeyAsync(screen));

        var text = await MakeCodeAsync(screen, certificate, Now);

        var check = Verifier.Verify(text, Now + Duration.FromSeconds(20));
        Assert.Equal(CodeRefusal.None, check.Refusal);
        Assert.Equal(
            (DeviceCodeFormat.TextLength, Now, Now + DeviceCodeFormat.Life, certificate.Id),
            (text.Length, check.IssuedAt, check.ExpiresAt, check.Certificate!.Value.Id));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task TwoCodes_OfOneSecond_HaveTwoIdentities()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var certificate = Issue(await MakeKeyAsync(screen));

        var first = Verifier.Verify(await MakeCodeAsync(screen, certificate, Now), Now);
        var second = Verifier.Verify(await MakeCodeAsync(screen, certificate, Now), Now);

        Assert.True(first.IsAccepted && second.IsAccepted);
        Assert.NotEqual(first.CodeId, second.CodeId);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task CertificateOfAnotherKey_MakesNoCode()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var certificate = Issue(await MakeKeyAsync(screen));
        await MakeKeyAsync(screen);

        Assert.Equal(CodeRefusal.BadSignature, Verifier.Verify(await MakeCodeAsync(screen, certificate, Now), Now).Refusal);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Proof_IsThatOfTheKey_AndCarriesTheRequest()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var key = await MakeKeyAsync(screen);
        var wanted = new WantedCertificates
        {
            Challenge = "AAABndocYxgHbq0Yb3fO5oVtHk0yW1u9",
            Certificates = [.. Enumerable.Range(0, 64).Select(i => new WantedCertificate
            {
                Plate = $"沪A{i:00000}", Key = new() { X = Base64Url.EncodeToString(key.X), Y = Base64Url.EncodeToString(key.Y) },
            })],
        };
        var json = JsonSerializer.Serialize(wanted, ContractJson.Options);

        var text = await screen.CallAsync<string>(
            Module, "async ({ makeProof, toBase64Url }, json) => toBase64Url(await makeProof(window.made.key, JSON.parse(json)))", json);

        var proof = Base64Url.DecodeFromChars(text);

        using var sent = JsonDocument.Parse(json);
        using var proven = JsonDocument.Parse(Encoding.UTF8.GetString(DeviceProof.Read(proof, key)!));
        Assert.True(JsonElement.DeepEquals(sent.RootElement, proven.RootElement));
        var other = await MakeKeyAsync(screen);
        Assert.Null(DeviceProof.Read(proof, other));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Certificate_SaysFromWhenToWhenItIsValid()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        var certificate = Issue(LocalCodeSigner.Create().PublicKey);

        var times = await screen.CallAsync<Times>(
            Module, "({ timesOf, fromBase64Url }, text) => timesOf(fromBase64Url(text))", Base64Url.EncodeToString(certificate.Bytes));

        Assert.Equal(new(certificate.IssuedAt.ToUnixTimeSeconds(), certificate.ExpiresAt.ToUnixTimeSeconds()), times);
        await screen.AssertCleanAsync();
    }

    /// <summary>Makes a key in the page, which the next codes and proofs are signed with.</summary>
    private static async Task<VerificationKey> MakeKeyAsync(Screen screen)
    {
        var point = await screen.CallAsync<DeviceKey>(
            Module, "async ({ makeKey }) => { window.made = await makeKey(); return window.made.point; }");
        return new(Base64Url.DecodeFromChars(point.X), Base64Url.DecodeFromChars(point.Y));
    }

    private static DeviceCertificate Issue(VerificationKey key) =>
        new CertificateIssuer(Ring).Issue(Holder, key, Now, CertificateFormat.LongestLife);

    private static Task<string> MakeCodeAsync(Screen screen, DeviceCertificate certificate, Instant at) => screen.CallAsync<string>(
        Module,
        "({ makeCode, fromBase64Url }, certificate, at) => makeCode(fromBase64Url(certificate), window.made.key, at)",
        Base64Url.EncodeToString(certificate.Bytes),
        at.ToUnixTimeSeconds());

    private sealed record Times(long IssuedAt, long ExpiresAt);
}
