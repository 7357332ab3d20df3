using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The console while the service is gone, and when it is back.</summary>
public sealed class ConsoleLostTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    [Fact]
    public async Task KilledService_IsShownAsLost_AndLiveAgainWhenItIsBack()
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?facility=hsp");
        await screen.UntilAsync("() => document.querySelector('[data-part=shown]').textContent === '0'");

        await service.KillAsync();

        await screen.UntilConnectionIsAsync("lost");
        await screen.UntilAsync("() => /^connection lost · figures from \\d\\d:\\d\\d:\\d\\d$/.test("
            + "document.querySelector('#freshness').textContent.trim())");
        await screen.UntilAsync("() => document.querySelector('#switch').disabled");
        Assert.Equal("0", await screen.TextOfAsync("[data-part=shown]"));

        await service.StartAgainAsync();

        await screen.UntilConnectionIsAsync("live");
        await screen.UntilAsync("() => document.querySelector('#freshness').textContent.trim().startsWith('live')");
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
    }
}
