using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;

namespace Parking.Api.Tests.Codes;

public sealed class KeyRotationTests
{
    /// <summary>A key signs for three hours and is announced one hour before: its normal life, shortened.</summary>
    internal static readonly IReadOnlyList<(string, string?)> Hasty =
        [("Codes:OfflineHorizon", "00:00:00"), ("Codes:SigningPeriod", "03:00:00")];

    internal static readonly TimeSpan TillAnnounced = TimeSpan.FromMinutes(121);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rotation_OverAKeysWholeLife_RefusesNoCodeThatIsInTime()
    {
        using var app = new ParkingApplication(Hasty);
        using var client = app.CitizenClient("alice-310101");
        var signers = new HashSet<KeyId>();
        for (var halfHour = 0; halfHour < 20; halfHour++)
        {
            var code = await MintAsync(client);

            // The way to the gate takes a minute, in which the keys may change.
            app.Time.Advance(TimeSpan.FromSeconds(59));
            var check = Keys(app).Verifier.Verify(code, Now(app));

            Assert.True(check.IsAccepted, $"After {halfHour} half hours: {check.Refusal}");
            Assert.True(Keys(app).SealingKeys.TryOpen(check, out _));
            signers.Add(check.KeyId);
            await PassAsync(app, TimeSpan.FromMinutes(30), ring => ring.NextChangeAt > Now(app));
        }

        Assert.Equal(4, signers.Count);
        Assert.InRange(Keys(app).Ring.Lives.Count, 1, 3);
    }

    [Fact]
    public async Task Ring_ChangedByAnotherInstance_IsTakenOver()
    {
        using var folder = new TempFolder();
        var shared = ("Codes:KeyRingFile", (string?)folder.PathOf("shared.json"));
        using var one = new ParkingApplication([.. Hasty, shared]);
        using var other = new ParkingApplication([.. Hasty, shared]);
        using var client = one.CitizenClient("alice-310101");
        var code = await MintAsync(client);
        Assert.True(Keys(other).Verifier.Verify(code, Now(other)).IsAccepted);

        await PassAsync(one, TillAnnounced, ring => ring.Lives.Count == 2);
        await PassAsync(other, TillAnnounced, ring => ring.Lives.Count == 2);

        Assert.Equal(Keys(one).JwkSet.GetRawText(), Keys(other).JwkSet.GetRawText());
    }

    [Fact]
    public async Task Ring_ThatCannotBeRead_LeavesTheKeysInUse()
    {
        using var app = new ParkingApplication();
        using var client = app.CitizenClient("alice-310101");
        await File.WriteAllTextAsync(app.PathOf("keyring.json"), "{ broken", Cancellation);

        app.Time.Advance(TimeSpan.FromMinutes(1));
        await Patience.UntilAsync(() => app.Log.Lines.Any(line => line.Contains("KeyRingRefreshFailed", StringComparison.Ordinal)));

        Assert.True(Keys(app).Verifier.Verify(await MintAsync(client), Now(app)).IsAccepted);
    }

    [Fact]
    public void Ring_AfterARestart_IsTheSame()
    {
        using var folder = new TempFolder();
        var settings = ("Data:Folder", (string?)folder.Path);
        KeyId Signer()
        {
            using var app = new ParkingApplication(settings);
            return Keys(app).Ring.SignerAt(Now(app)).Id;
        }

        Assert.Equal(Signer(), Signer());
    }

    [Fact]
    public void Ring_FromBeforeThereWereCertificates_GetsAKeyThatIsAnnouncedFirst()
    {
        using var folder = new TempFolder();
        var settings = ("Data:Folder", (string?)folder.Path);
        KeyRing old;
        using (var before = new ParkingApplication(settings, ("Codes:CertificateKeys", "false")))
        {
            old = Keys(before).Ring;
            Assert.Empty(old.CertificateLives);
        }

        using var app = new ParkingApplication(settings);
        var ring = Keys(app).Ring;

        Assert.Equal(old.SignerAt(Now(app)).Id, ring.SignerAt(Now(app)).Id);
        Assert.Null(ring.CertificateSignerAt(Now(app)));
        Assert.Equal(Now(app) + ring.Policy.AnnounceLead, ring.CertificateLives.Single().SignsFrom);
        Assert.Single(Keys(app).PublishedCertificateKeys.Keys);
    }

    /// <summary>Lets time pass, and waits until the ring in use is as expected.</summary>
    internal static async Task PassAsync(ParkingApplication app, TimeSpan time, Func<KeyRing, bool> expected)
    {
        app.Time.Advance(time);
        await Patience.UntilAsync(() => expected(Keys(app).Ring));
    }

    private static KeySnapshot Keys(ParkingApplication app) => app.Services.GetRequiredService<CodeKeys>().Current;

    private static Instant Now(ParkingApplication app) => Instant.FromDateTimeOffset(app.Time.GetUtcNow());

    private static async Task<string> MintAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/v1/codes", new { }, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString()!;
    }
}
