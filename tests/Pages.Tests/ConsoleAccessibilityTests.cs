using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>axe finds nothing on the console's views and dialogs, in both themes and languages.</summary>
public sealed class ConsoleAccessibilityTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    [Theory]
    [InlineData("en", "light")]
    [InlineData("zh", "dark")]
    public async Task Axe_FindsNothing(string language, string theme)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme);
        using var gate = new DriverGate(service, "jingan-temple-in-1");
        await gate.ShowAsync(await service.MintAsync($"console-axe-{language}"));
        await gate.ShowAsync("not a code");
        await screen.UntilAsync("() => !!document.querySelector('#decisions li[data-decision=refuse]')");
        await screen.AssertAccessibleAsync("overview");
        await screen.Page.ClickAsync("[data-act=help]");
        await screen.AssertAccessibleAsync("help");
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.Page.ClickAsync("tr[data-facility=jingan-temple] a");
        await screen.UntilAsync("() => !!document.querySelector('#day svg') && !document.querySelector('#log .skeleton')");
        await screen.AssertAccessibleAsync("facility");
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
        await screen.Page.ClickAsync("#switch");
        await screen.AssertAccessibleAsync("closing");
        await screen.AssertCleanAsync();
    }
}
