using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A page of somebody else's that shows ours in a frame, to have an operator press what lies under the pointer.</summary>
[Collection<SharedService>]
public sealed class FramingTests(Chromium chromium, LiveService service)
{
    private static readonly string[] Pages = ["/console", "/console/parts/alarms", "/driver"];

    [Fact]
    public async Task Page_InAForeignFrame_IsNotShown()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        await screen.Page.GoToAsync("about:blank");
        foreach (var page in Pages)
        {
            await screen.Page.SetContentAsync($"<iframe src='{new Uri(service.Origin, page)}'></iframe>");

            await screen.UntilAsync("() => document.readyState === 'complete'");
            var frame = screen.Page.Frames.Single(frame => frame != screen.Page.MainFrame);
            Assert.StartsWith("chrome-error:", frame.Url, StringComparison.Ordinal);
        }

        await screen.AssertCleanAsync();
    }
}
