using NodaTime;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>A phone that is linked, and what it does without a network.</summary>
internal static class OfflineScreen
{
    /// <summary>Links the phone, and waits until it has certificates and the page itself.</summary>
    public static async Task LinkAsync(this Screen screen)
    {
        await screen.UntilAsync(
            "() => { const link = document.querySelector('#link'); return !!link?.checkVisibility() && !link.disabled; }");
        await screen.Page.ClickAsync("#link");
        await screen.UntilAsync(
            "() => import('/driver/offline/vault.js').then(({ readVault }) => readVault()).then(vault => vault.certificates.length >= 8)");
        await screen.UntilAsync("() => !document.querySelector('#link').checkVisibility()");
        await screen.UntilIsKeptAsync();
    }

    /// <summary>Waits until the page opens without a network.</summary>
    public static Task UntilIsKeptAsync(this Screen screen) => screen.UntilAsync("() => navigator.serviceWorker.controller !== null");

    /// <summary>Waits until the code on the screen is one that the phone has made itself.</summary>
    public static Task UntilHasOwnCodeAsync(this Screen screen) => screen.UntilAsync(
        "() => import('/driver/code.js').then(({ codeText }) => codeText()?.startsWith('SP2:') ?? false)");

    /// <summary>From now on each page has a clock that is ahead of the right one.</summary>
    public static Task MakeFastAsync(this Screen screen, int minutes) =>
        screen.MakeFastAsync(Duration.FromMinutes(minutes));

    /// <inheritdoc cref="MakeFastAsync(Screen, int)"/>
    public static Task MakeFastAsync(this Screen screen, Duration by) =>
        screen.Page.EvaluateFunctionOnNewDocumentAsync(SetAhead, by.TotalMilliseconds);

    /// <summary>Sets the clock of the page that is open.</summary>
    public static Task SetAheadAsync(this Screen screen, int minutes) =>
        screen.Page.EvaluateFunctionAsync(SetAhead, Duration.FromMinutes(minutes).TotalMilliseconds);

    /// <summary>Time goes by on the page that is open: by both of its clocks.</summary>
    public static Task PassTimeAsync(this Screen screen, Duration time) =>
        screen.Page.EvaluateFunctionAsync(PassTime, time.TotalMilliseconds);

    /// <summary>From now on, so much time has gone by on each page that is opened.</summary>
    public static Task PassTimeOnEachPageAsync(this Screen screen, Duration time) =>
        screen.Page.EvaluateFunctionOnNewDocumentAsync(PassTime, time.TotalMilliseconds);

    /// <summary>What the service does when somebody removes this phone.</summary>
    public static Task RemoveDeviceAsync(this Screen screen) => screen.CallAsync<object?>("vault.js", """
        async () => {
          const { call } = await import('/shared/session.js');
          await call('DELETE', `/v1/me/devices/${localStorage.getItem('parking.device')}`);
        }
        """);

    private const string PassTime = """
        more => {
          const [wall, steady] = [Date.now, performance.now.bind(performance)];
          Date.now = () => wall() + more;
          performance.now = () => steady() + more;
        }
        """;

    private const string SetAhead = "more => { const now = Date.now; Date.now = () => now() + more; }";
}
