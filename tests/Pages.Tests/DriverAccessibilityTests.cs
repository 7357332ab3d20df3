using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>axe finds nothing on any tab of the drivers' page, with and without a stay, in both themes and languages.</summary>
public sealed class DriverAccessibilityTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    [Theory]
    [InlineData(DriverScreen.LinXia, "en", "light")]
    [InlineData(DriverScreen.ZhouMing, "zh", "dark")]
    public async Task Axe_FindsNothing(string driver, string language, string theme)
    {
        await using var screen = await chromium.OpenDriverAsync(service, driver, language, theme);
        await screen.UntilAsync("() => !document.querySelector('#no-stay').hidden");
        await screen.AssertAccessibleAsync("code");
        using var entry = new DriverGate(service, "jingan-temple-in-1");
        using var exit = new DriverGate(service, "jingan-temple-out-1");
        var code = await screen.ReadCodeAsync();
        await entry.ShowAsync(code!);
        await screen.UntilAsync("() => !!document.querySelector('.stay')");
        await screen.Page.EvaluateExpressionAsync("document.querySelector('.stay summary').click()");
        await screen.AssertAccessibleAsync("code, parked");
        await exit.ShowAsync(await screen.NextCodeAsync(code!));
        await screen.UntilGoneAsync(".stay");
        await screen.OpenTabAsync("stays");
        await screen.UntilAsync("() => !!document.querySelector('.past')");
        await screen.Page.ClickAsync(".past summary");
        await screen.UntilAsync("() => !!document.querySelector('.past .total')");
        await screen.AssertAccessibleAsync("stays");
        await screen.AddVehicleAsync("沪A?!");
        await screen.UntilAsync("() => document.querySelector('#plate-error').textContent !== ''");
        await screen.Page.ClickAsync("#menu summary");
        await screen.AssertAccessibleAsync("vehicles and menu");
        await screen.AssertCleanAsync();
    }
}
