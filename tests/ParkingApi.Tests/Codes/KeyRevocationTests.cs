using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Codes;

public sealed class KeyRevocationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revoke_TheSigner_RefusesItsCodesAndSignsWithAnother()
    {
        using var app = new ParkingApplication();
        var stolen = Keys(app).Ring.SignerAt(Now(app)).Id;
        var old = await app.FetchCodeAsync("alice");

        using var response = await app.RevokeAsync(stolen.ToString());

        var signer = Keys(app).Ring.SignerAt(Now(app)).Id;
        Assert.Equal($$"""{"key":"{{stolen}}","signer":"{{signer}}"}""", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.NotEqual(stolen, signer);
        Assert.Equal(ScanReason.UnknownKey, (await app.ScanAsync("hsp-in-1", app.Scan(old, 1))).Reason);
        Assert.Equal(ScanReason.Entered, (await app.DriveAsync("hsp-in-1", "alice", 2)).Reason);
        using var client = app.AnonymousClient();
        var published = PublicKeySet.FromJwks(await client.GetByteArrayAsync("/.well-known/jwks.json", Cancellation));
        Assert.Equal([signer], published.Keys.Select(key => key.Id));
        Assert.Equal(published, PublicKeySet.FromCoseKeySet(await client.GetByteArrayAsync("/.well-known/cose-keys", Cancellation)));
    }

    [Fact]
    public async Task CodeOfARevokedKey_ThatComesLate_IsStillKnownForWhatItWas()
    {
        using var app = new ParkingApplication();
        var stolen = Keys(app).Ring.SignerAt(Now(app)).Id;
        var old = await app.FetchCodeAsync("alice");
        (await app.RevokeAsync(stolen.ToString())).Dispose();

        var check = Keys(app).LateVerifier.Verify(old, Now(app));

        Assert.False(Keys(app).Verifier.Verify(old, Now(app)).IsGenuine);
        Assert.True(check.IsGenuine);
        Assert.True(Keys(app).IsRevoked(check.KeyId));
        Assert.True(Keys(app).SealingKeys.TryOpen(check, out _));
    }

    [Fact]
    public async Task Revoke_Again_ChangesNothing()
    {
        using var app = new ParkingApplication();
        var stolen = Keys(app).Ring.SignerAt(Now(app)).Id.ToString();

        using var first = await app.RevokeAsync(stolen);
        app.Time.Advance(TimeSpan.FromHours(1));
        using var again = await app.RevokeAsync(stolen.ToUpperInvariant());

        Assert.Equal(await first.Content.ReadAsStringAsync(Cancellation), await again.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(2, Keys(app).Ring.Lives.Count);
        Assert.Single(app.Log.Lines, line => line.Contains("KeyRevoked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("stolen")]
    public async Task Revoke_NoKey_IsNotFound(string key)
    {
        using var app = new ParkingApplication();

        using var response = await app.RevokeAsync(key);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "key-not-found");
    }

    [Fact]
    public async Task Revoked_AtOneInstance_IsRevokedAtTheOtherWithinAMinute()
    {
        using var folder = new TempFolder();
        var shared = ("Codes:KeyRingFile", (string?)folder.PathOf("shared.json"));
        using var one = new ParkingApplication(shared);
        using var other = new ParkingApplication(shared);
        var stolen = Keys(one).Ring.SignerAt(Now(one)).Id;
        Assert.Equal(stolen, Keys(other).Ring.SignerAt(Now(other)).Id);

        (await one.RevokeAsync(stolen.ToString())).Dispose();
        await KeyRotationTests.PassAsync(other, TimeSpan.FromMinutes(1), ring => ring.Lives.Count == 2);

        Assert.Equal([stolen.ToString()], Keys(other).RevokedKeys);
        Assert.Equal(Keys(one).JwkSet.GetRawText(), Keys(other).JwkSet.GetRawText());
    }

    [Fact]
    public async Task Revoked_BeforeARestart_StaysRevoked()
    {
        using var folder = new TempFolder();
        var settings = ("Data:Folder", (string?)folder.Path);
        string stolen;
        using (var before = new ParkingApplication(settings))
        {
            stolen = Keys(before).Ring.SignerAt(Now(before)).Id.ToString();
            (await before.RevokeAsync(stolen)).Dispose();
        }

        using var after = new ParkingApplication(settings);

        Assert.Equal([stolen], Keys(after).RevokedKeys);
    }

    private static KeySnapshot Keys(ParkingApplication app) => app.Services.GetRequiredService<CodeKeys>().Current;

    private static Instant Now(ParkingApplication app) => Instant.FromDateTimeOffset(app.Time.GetUtcNow());
}
