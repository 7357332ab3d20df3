using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>What a linked phone keeps, for whom, and when it lets go of it.</summary>
[Collection<SharedService>]
public sealed class PhoneTests(Chromium chromium, LiveService service)
{
    private const string Stored =
        "({ readVault }) => readVault().then(({ device, certificates }) => [device ? 1 : 0, certificates.length])";

    [Fact]
    public async Task CertificateWithoutAUsableKey_IsLeftOut_AndNothingIsErased()
    {
        await using var screen = await OpenLinkedAsync();
        await screen.CallAsync<object?>("vault.js", """
            ({ changeCertificates }) =>
              changeCertificates(all => ({ keep: all.slice(0, -1).map(one => ({ ...one, key: null })) }))
            """);

        var text = await screen.CallAsync<string?>("offline.js", """
            async ({ make }) => (await make((await import('/driver/vehicles.js')).chosenPlate()))?.text
            """);

        Assert.StartsWith("SP2:", text, StringComparison.Ordinal);
        Assert.Equal(1, (await screen.CallAsync<int[]>("vault.js", Stored))[0]);
        await screen.CallAsync<object?>("offline.js", "({ refill }) => refill()");
        Assert.True(await screen.CallAsync<bool>(
            "vault.js", "({ readVault }) => readVault().then(vault => vault.certificates.every(one => one.key))"));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task RetiredPhone_IsLinkedAgain_WithItsKey()
    {
        await using var screen = await OpenLinkedAsync();
        var before = await DeviceAsync(screen);
        await screen.CallAsync<object?>("cose.js", """
            async ({ makeKey }) => {
              const { call } = await import('/shared/session.js');
              for (let i = 1; i <= 5; i++) {
                await call('POST', '/v1/me/devices', { name: `Other ${i}`, key: (await makeKey()).point });
              }
            }
            """);

        await screen.GoAsync("/driver");

        await screen.UntilAsync("""
            before => import('/driver/offline/vault.js').then(({ readVault }) => readVault()).then(({ device, certificates }) =>
              device.id !== before && certificates.length >= 8 && certificates.every(one => one.device === device.id))
            """, before[0]);
        var after = await DeviceAsync(screen);
        Assert.Equal(before[1], after[1]);
        Assert.Equal(after[0], await screen.Page.EvaluateExpressionAsync<string>("localStorage.getItem('parking.device')"));
        await screen.UntilReadsAsync("#offline-note", "Works offline until");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task AnotherPerson_FindsNothing()
    {
        await using var screen = await OpenLinkedAsync();

        await screen.SignInAsync(DriverScreen.ZhouMing, "/driver");

        await screen.UntilAsync("() => ['device', 'vehicles', 'owner'].every(name => localStorage.getItem(`parking.${name}`) === null)");
        await screen.UntilAsync(
            """
            () => import('/driver/offline/vault.js').then(({ readVault }) => readVault()).then(({ device, certificates }) =>
              !device && certificates.length === 0)
            """);
        await screen.UntilHasCodeAsync();
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task PhoneThatIsNotLinked_KeepsNoListOfVehicles()
    {
        await using var screen = await chromium.OpenDriverAsync(service);

        Assert.Null(await screen.Page.EvaluateExpressionAsync<string?>("localStorage.getItem('parking.vehicles')"));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task PageThatCannotBeKept_IsNoReasonNotToLink()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.Page.EvaluateExpressionAsync(
            "navigator.serviceWorker.register = () => Promise.reject(new Error('No room.')), 0");
        await screen.UntilAsync("() => document.querySelector('#link').checkVisibility()");

        await screen.Page.ClickAsync("#link");

        await screen.UntilReadsAsync("#offline-note", "Works offline until");
        await screen.AssertCleanAsync();
    }

    /// <summary>Certificates that were asked for before the phone was unlinked come when another person has linked it.</summary>
    [Fact]
    public async Task CertificatesOfAPersonBefore_AreNotKept()
    {
        await using var screen = await chromium.OpenModulesAsync(service);

        var kept = await screen.CallAsync<int[]>("stock.js", """
            async ({ restock }) => {
              const { emptyVault, keepDevice, readVault } = await import('/driver/offline/vault.js');
              const { makeKey, toBase64Url } = await import('/driver/offline/cose.js');
              await keepDevice({ id: 'first', ...await makeKey() });
              const certificates = new Array(8).fill(toBase64Url(new Uint8Array(189)));
              window.fetch = async path => {
                if (path.endsWith('/certificates')) {
                  await emptyVault();
                  await keepDevice({ id: 'second', ...await makeKey() });
                }
                return Response.json({ challenge: 'AAAA', certificates });
              };
              await restock([null], Date.now());
              const vault = await readVault();
              return [vault.device.id === 'second' ? 1 : 0, vault.certificates.length];
            }
            """);

        Assert.Equal([1, 0], kept);
        await screen.AssertCleanAsync();
    }

    /// <summary>
    /// One of the vehicles is not shared any more: the others are asked for one by one. So are more than a request may ask for.
    /// </summary>
    [Theory]
    [InlineData("a gone b", new[] { 16, 0, 24, 8, 8, 8 })]
    [InlineData("a b c d e f gone g h", new[] { 64, 0, 8, 8, 8, 8, 8, 8, 8, 8, 8 })]
    [InlineData("a b c d e f g h", new[] { 64, 0, 64 })]
    public async Task VehicleWithoutCertificates_DoesNotKeepOthersFromTheirs(string vehicles, int[] keptAndAskedFor)
    {
        await using var screen = await chromium.OpenModulesAsync(service);

        var kept = await screen.CallAsync<int[]>("stock.js", """
            async ({ restock }, vehicles) => {
              const { keepDevice, readVault } = await import('/driver/offline/vault.js');
              const { fromBase64Url, makeKey, toBase64Url } = await import('/driver/offline/cose.js');
              await keepDevice({ id: 'first', ...await makeKey() });
              const certificate = toBase64Url(new Uint8Array(189));
              const askedFor = [];
              window.fetch = async (path, { body }) => {
                if (path.endsWith('/challenges')) {
                  return Response.json({ challenge: 'AAAA' });
                }
                const text = new TextDecoder().decode(fromBase64Url(JSON.parse(body).proof));
                const plates = [...text.matchAll(/"plate":"([^"]+)"/g)].map(match => match[1]);
                askedFor.push(plates.length);
                return plates.includes('gone')
                  ? Response.json({ type: 'urn:parking:vehicle-not-found' }, { status: 404 })
                  : Response.json({ certificates: plates.map(() => certificate) });
              };
              await restock(vehicles.split(' '), Date.now());
              const { certificates } = await readVault();
              return [certificates.length, certificates.filter(one => one.plate === 'gone').length, ...askedFor];
            }
            """, vehicles);

        Assert.Equal(keptAndAskedFor, kept);
        await screen.AssertCleanAsync();
    }

    private static Task<string[]> DeviceAsync(Screen screen) => screen.CallAsync<string[]>(
        "vault.js", "({ readVault }) => readVault().then(({ device }) => [device.id, device.point.x])");

    private async Task<Screen> OpenLinkedAsync()
    {
        var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        return screen;
    }
}
