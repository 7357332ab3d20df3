using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The console while the service is gone, and when it is back.</summary>
public sealed class ConsoleLostTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    /// <summary>Language, facility, what is said meanwhile, and what is said afterwards.</summary>
    public static TheoryData<string, string, string, string> Words => new(Inspection.InOneLanguageOrAll(
        ("en", "hsp", @"^connection lost · figures from \d\d:\d\d:\d\d$", "live"),
        ("zh", "xujiahui", @"^连接中断 · 数据截至 \d\d:\d\d:\d\d$", "实时")));

    [Theory]
    [MemberData(nameof(Words))]
    public async Task KilledService_PageStaysGreyed_WithItsDialog_AndIsLiveAgainWhenItIsBack(
        string language, string facility, string lost, string live)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language, query: $"?facility={facility}");
        await screen.UntilAsync("() => document.querySelector('[data-part=shown]').textContent === '0'");
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
        await screen.Page.ClickAsync("#switch");
        var asked = await screen.TextOfAsync("#switch-title");

        await service.KillAsync();

        await screen.UntilConnectionIsAsync("lost");
        await screen.UntilAsync("text => new RegExp(text).test(document.querySelector('#freshness').textContent.trim())", lost);
        await screen.UntilAsync(
            "() => ['#switch', '#switch-confirm', '[data-look=lang]', '.who [data-act]'].every(s => document.querySelector(s).disabled)");
        Assert.Equal("0", await screen.TextOfAsync("[data-part=shown]"));
        Assert.Equal("grayscale(1)", await screen.Page.EvaluateExpressionAsync<string>("getComputedStyle(view).filter"));

        await service.StartAgainAsync();

        await screen.UntilConnectionIsAsync("live");
        await screen.UntilAsync("text => document.querySelector('#freshness').textContent.trim().startsWith(text)", live);
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
        Assert.Equal(asked, await screen.TextOfAsync("#switch-dialog[open] #switch-title"));
        await screen.Page.ClickAsync("#switch-confirm");
        await screen.UntilAsync("() => document.querySelector('#facility-state').dataset.state === 'closed'");
        await screen.AssertCleanAsync();
    }

    /// <summary>Its part of the program is loaded with the first facility, for which there is no connection.</summary>
    [Fact]
    public async Task Facility_FirstOpenedWithoutAConnection_IsThereByItself_AndWhatWasLookedForStays()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        await screen.UntilShowsAsync("yuyuan", "0 / 8");
        await service.CutAsync();
        await screen.UntilConnectionIsAsync("lost");
        await screen.Page.Keyboard.PressAsync("/");
        await screen.Page.Keyboard.TypeAsync("yuyuan");
        await screen.UntilAsync("() => document.querySelectorAll('#rows tr').length === 1");
        Assert.Equal("0 / 8", await screen.TextOfAsync("tr[data-facility=yuyuan] [data-part=figures]"));
        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.UntilAsync("() => location.search === '?facility=yuyuan'");

        service.Mend();

        await screen.UntilAsync("() => document.querySelector('#facility-title').textContent === 'Yuyuan Lane Yard'");
        await screen.UntilAsync("() => document.querySelector('[data-part=shown]').textContent === '0'");
        await screen.UntilAsync("() => !document.querySelector('#facility .problem') && !document.querySelector('#switch').disabled");
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.UntilAsync("() => document.querySelector('#find').value === 'yuyuan'");
        await screen.UntilAsync("() => document.querySelectorAll('#rows tr').length === 1");
        await screen.AssertCleanAsync();
    }
}
