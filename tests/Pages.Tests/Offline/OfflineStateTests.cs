using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>
/// What the drivers' page says of codes without a network, in each state, in both languages and themes: axe finds nothing. See
/// <see cref="Inspection"/>.
/// </summary>
public sealed class OfflineStateTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    private static readonly (int, int)[] Sizes = [(390, 844), (360, 640)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task EveryState_IsAccessible(string language, string theme)
    {
        var driver = language == "en" ? DriverScreen.LinXia : DriverScreen.ZhouMing;
        await using var screen = await chromium.OpenDriverAsync(service, driver, language, theme);
        await screen.AddVehicleAsync("沪A12345");
        await screen.OpenTabAsync("code");
        await InspectAsync(screen, "not linked");
        await screen.LinkAsync();
        await InspectAsync(screen, "linked");
        await service.CutAsync();
        try
        {
            await screen.GoAsync("/driver");
            await screen.UntilHasOwnCodeAsync();
            await InspectAsync(screen, "offline");
            await ShowStocksAsync(screen);
            await ChangeAsync(screen, "{ expiresAt: Math.floor(Date.now() / 1_000) + 6 * 24 * 3_600, shownAt: null }");
            await screen.CallAsync<object?>("../code.js", "({ renew }) => { renew(); }");
            await screen.UntilHasOwnCodeAsync();
            await screen.SetAheadAsync(minutes: 25);
            await screen.UntilAsync("() => document.querySelector('#clock-note').innerText !== ''");
            await screen.UntilHasOwnCodeAsync();
            await InspectAsync(screen, "clock set");
        }
        finally
        {
            service.Mend();
        }

        await screen.UntilReadsAsync("#clock-note", "25");
        await screen.UntilAsync("() => document.querySelector('#lost').hidden");
        await InspectAsync(screen, "clock fast");
        await ShowLossesAsync(screen);
        await screen.AssertCleanAsync();
    }

    /// <summary>The certificates end soon, are used up, have expired.</summary>
    private static async Task ShowStocksAsync(Screen screen)
    {
        await ChangeAsync(screen, "{ expiresAt: Math.floor(Date.now() / 1_000) + 3 * 3_600 }");
        await InspectAsync(screen, "ends soon");
        await ChangeAsync(screen, "{ shownAt: 0 }");
        await InspectAsync(screen, "used up");
        await ChangeAsync(screen, "{ expiresAt: 1 }");
        await screen.CallAsync<object?>("../code.js", "({ use }) => { use(); }");
        await screen.UntilAsync("() => !document.querySelector('#symbol svg')");
        await InspectAsync(screen, "expired");
    }

    private static async Task ShowLossesAsync(Screen screen)
    {
        await screen.CallAsync<object?>("vault.js", "({ emptyVault }) => emptyVault()");
        await PaintAsync(screen);
        await InspectAsync(screen, "keys lost");
        await screen.LinkAsync();
        await screen.RemoveDeviceAsync();
        await screen.GoAsync("/driver");
        await screen.UntilAsync("() => document.querySelector('#link').checkVisibility()");
        await InspectAsync(screen, "removed");
    }

    private static async Task ChangeAsync(Screen screen, string change)
    {
        await screen.CallAsync<object?>(
            "vault.js",
            $"({{ changeCertificates }}) => changeCertificates(all => ({{ keep: all.map(one => ({{ ...one, ...{change} }})) }}))");
        await PaintAsync(screen);
    }

    private static Task PaintAsync(Screen screen) => screen.CallAsync<object?>("offline.js", "({ paint }) => paint()");

    private static Task InspectAsync(Screen screen, string state) => screen.InspectAsync($"offline {state}", Sizes);
}
