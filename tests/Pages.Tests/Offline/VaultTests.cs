using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>Keys stay in the browser: they cannot be taken out of it, and are still there after it was started again.</summary>
[Collection<SharedService>]
public sealed class VaultTests(Chromium chromium, LiveService service)
{
    private const string Module = "vault.js";

    /// <summary>Makes a device and a certificate with a key each, and keeps them.</summary>
    private const string Keep = """
        async ({ keepDevice, changeCertificates }) => {
          const { makeKey } = await import('/driver/offline/cose.js');
          const own = await makeKey(), other = await makeKey();
          await keepDevice({ id: 'device', ...own });
          await changeCertificates(() => ({ keep: [
            { plate: '沪A12345', bytes: Uint8Array.of(1, 2, 3), key: other.key, issuedAt: 1, expiresAt: 2, shownAt: null }] }));
          return [own.point, other.point];
        }
        """;

    /// <summary>Signs with both keys that are kept, and verifies with the public halves of before.</summary>
    private const string Verify = """
        async ({ readVault }, ...points) => {
          const { device, certificates } = await readVault();
          const keys = [device?.key, certificates[0]?.key];
          return Promise.all(points.map(async (point, i) => {
            const key = await crypto.subtle.importKey(
              'jwk', { kty: 'EC', crv: 'P-256', ...point }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
            const es256 = { name: 'ECDSA', hash: 'SHA-256' }, text = new TextEncoder().encode('anything');
            return crypto.subtle.verify(es256, key, await crypto.subtle.sign(es256, keys[i], text), text);
          }));
        }
        """;

    [Fact]
    public async Task Keys_CannotBeExported()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        await screen.CallAsync<object[]>(Module, Keep);

        var outcomes = await screen.CallAsync<string[]>(Module, """
            async ({ readVault }) => {
              const { device, certificates } = await readVault();
              const tries = [device, ...certificates].flatMap(({ key }) => ['jwk', 'pkcs8', 'raw'].map(format =>
                crypto.subtle.exportKey(format, key).then(() => 'exported', error => error.name)));
              return [...await Promise.all(tries), `${device.key.extractable}`, `${certificates[0].key.extractable}`];
            }
            """);

        Assert.Equal([.. Enumerable.Repeat("InvalidAccessError", 6), "false", "false"], outcomes);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Keys_SurviveARestartOfTheBrowser()
    {
        using var profile = new TempFolder();
        object[] points;
        await using (var screen = await OpenAsync(profile))
        {
            points = await screen.CallAsync<object[]>(Module, Keep);
            await screen.AssertCleanAsync();
        }

        await using var again = await OpenAsync(profile);

        var areGenuine = await again.CallAsync<bool[]>(Module, Verify, points);
        Assert.Equal([true, true], areGenuine);
        await again.AssertCleanAsync();
    }

    [Fact]
    public async Task EmptiedVault_HasNothing_AndCanBeFilledAgain()
    {
        await using var screen = await chromium.OpenModulesAsync(service);
        await screen.CallAsync<object[]>(Module, Keep);

        var counts = await screen.CallAsync<int[]>(Module, """
            async ({ emptyVault, readVault, keepDevice }) => {
              await emptyVault();
              const empty = await readVault();
              await keepDevice({ id: 'another' });
              const filled = await readVault();
              return [empty.device ? 1 : 0, empty.certificates.length, filled.device ? 1 : 0, filled.certificates.length];
            }
            """);

        Assert.Equal([0, 0, 1, 0], counts);
        await screen.AssertCleanAsync();
    }

    private async Task<Screen> OpenAsync(TempFolder profile)
    {
        var screen = await Chromium.OpenProfileAsync(new(service.Origin), profile.Path);
        await screen.GoAsync("/sign-in/failed");
        return screen;
    }
}
