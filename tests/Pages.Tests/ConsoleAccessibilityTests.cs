using Deque.AxeCore.Commons;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>axe finds nothing on the console's views and dialogs, in both themes and languages; and its first load is small.</summary>
public sealed class ConsoleAccessibilityTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    private const int FirstLoadLimit = 40 * 1024;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

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
        await CheckAsync(screen, "overview");
        await screen.Page.ClickAsync("[data-act=help]");
        await CheckAsync(screen, "help");
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.Page.ClickAsync("tr[data-facility=jingan-temple] a");
        await screen.UntilAsync("() => !!document.querySelector('#day svg') && !document.querySelector('#log .skeleton')");
        await CheckAsync(screen, "facility");
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
        await screen.Page.ClickAsync("#switch");
        await CheckAsync(screen, "closing");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task FirstLoad_IsSmall()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        await screen.Page.SetCacheEnabledAsync(false);
        var before = screen.ReceivedBytes;

        await screen.GoAsync("/console");
        await screen.UntilConnectionIsAsync("live");

        TestContext.Current.TestOutputHelper!.WriteLine($"{screen.ReceivedBytes - before} bytes");
        Assert.InRange(screen.ReceivedBytes - before, 1, FirstLoadLimit);
    }

    private static async Task CheckAsync(Screen screen, string where)
    {
        await screen.Page.EvaluateExpressionAsync(Axe);
        var found = await screen.Page.EvaluateFunctionAsync<string[]>(
            "() => axe.run().then(r => r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(', ')}`))");
        Assert.Equal([], found.Select(violation => $"{where}: {violation}"));
    }
}
