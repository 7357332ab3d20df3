using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>
/// The drivers' page in each of its states, in both languages and themes: axe finds nothing. See <see cref="Inspection"/>.
/// </summary>
[Collection<SharedService>]
public sealed class DriverStateTests(Chromium chromium, LiveService service)
{
    private static readonly (int, int)[] Sizes = [(390, 844), (1280, 720)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task EveryState_IsAccessible(string language, string theme)
    {
        var driver = language == "en" ? DriverScreen.LinXia : DriverScreen.ZhouMing;
        await service.ForgetVehiclesAsync(driver);
        await using var screen = await chromium.OpenDriverAsync(service, driver, language, theme);
        await ShowCodeAsync(screen);
        await ShowStayAsync(screen);
        await ShowTabsAsync(screen);
        await ShowWaitingAsync(screen);
        await ShowLostAsync(screen);
        await screen.AssertCleanAsync();
    }

    private static async Task ShowCodeAsync(Screen screen)
    {
        await screen.UntilAsync("() => !document.querySelector('#no-stay').hidden");
        await InspectAsync(screen, "code");
        await screen.Page.ClickAsync("#symbol");
        await screen.UntilAsync("() => document.querySelector('#full').open");
        await InspectAsync(screen, "full screen");
        await screen.Page.ClickAsync("#full-close");
        await screen.Page.ClickAsync("#menu summary");
        await InspectAsync(screen, "menu");
        await screen.CloseMenuAsync();
    }

    private async Task ShowStayAsync(Screen screen)
    {
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        var code = await screen.FirstCodeAsync();
        await entry.ShowAsync(code);
        await screen.UntilAsync("() => !!document.querySelector('.moment .opened') && !!document.querySelector('.stay')");
        await screen.Page.EvaluateExpressionAsync("document.querySelector('.stay summary').click()");
        await InspectAsync(screen, "parked");
        await entry.ShowAsync(code);
        await screen.UntilAsync("() => !!document.querySelector('.moment .refused')");
        await InspectAsync(screen, "refused");
        await exit.ShowAsync(await screen.NextCodeAsync(code));
        await screen.UntilGoneAsync(".stay");
        await InspectAsync(screen, "left");
    }

    private static async Task ShowTabsAsync(Screen screen)
    {
        await screen.OpenTabAsync("stays");
        await screen.UntilAsync("() => !!document.querySelector('.past')");
        await screen.Page.ClickAsync(".past summary");
        await screen.UntilAsync("() => !!document.querySelector('.past .total')");
        await InspectAsync(screen, "stays");
        await screen.OpenTabAsync("vehicles");
        await screen.UntilAsync("() => document.querySelector('#add')?.disabled === false");
        await InspectAsync(screen, "vehicles");
        await screen.AddVehicleAsync("沪A?!");
        await screen.UntilAsync("() => document.querySelector('#plate-error').textContent !== ''");
        await InspectAsync(screen, "vehicle refused");
    }

    private static async Task ShowWaitingAsync(Screen screen)
    {
        await using (await Interception.HoldAsync(screen, "/v1/"))
        {
            await screen.GoAsync("/driver");
            await InspectAsync(screen, "loading");
        }

        await using (await Interception.RefuseAsync(screen, "/v1/codes"))
        {
            await screen.GoAsync("/driver");
            await screen.UntilAsync("() => document.querySelector('#symbol').disabled && !document.querySelector('#symbol.waiting')");
            await InspectAsync(screen, "no code");
        }

        await screen.UntilHasCodeAsync();
    }

    private async Task ShowLostAsync(Screen screen)
    {
        await service.CutAsync();
        try
        {
            await screen.UntilAsync("() => !document.querySelector('#lost').hidden");
            await InspectAsync(screen, "lost");
        }
        finally
        {
            service.Mend();
        }

        await screen.UntilAsync("() => document.querySelector('#lost').hidden");
    }

    private static Task InspectAsync(Screen screen, string state) => screen.InspectAsync($"driver {state}", Sizes);
}
