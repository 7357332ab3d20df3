using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The operators' console in a browser: live figures and decisions, a facility, closing it, and the keys.</summary>
[Collection<SharedService>]
public sealed class ConsoleTests(Chromium chromium, LiveService service)
{
    [Theory]
    [InlineData("en", "lujiazui", "0 / 500", "1 / 500", "Opened: entered")]
    [InlineData("zh", "xujiahui", "0 / 150", "1 / 150", "放行：入场")]
    public async Task Scan_MovesTheNumber_AndIsInTheFeed(string language, string facility, string before, string after, string decision)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language);
        await screen.UntilShowsAsync(facility, before);
        using var gate = new DriverGate(service, $"{facility}-in-1");

        await gate.ShowAsync(await service.MintAsync($"console-{language}"));

        await screen.UntilShowsAsync(facility, after);
        await screen.UntilAsync("text => document.querySelector('#decisions li')?.innerText.includes(text)", decision);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Feed_WhilePointedAt_KeepsItsRowsAndCountsNewOnes()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        using var gate = new DriverGate(service, "lujiazui-in-2");
        await gate.ShowAsync("not a code");
        await screen.UntilAsync("() => document.querySelectorAll('#decisions li').length === 1");
        await screen.Page.HoverAsync("#feed-title");

        await gate.ShowAsync("not one either");

        await screen.UntilAsync("() => document.querySelector('#feed-state').textContent === 'paused · 1 new'");
        await screen.UntilAsync("() => document.querySelectorAll('#decisions li').length === 1");
        await screen.Page.HoverAsync(".brand");
        await screen.UntilAsync("() => document.querySelectorAll('#decisions li[data-decision=refuse]').length === 2");
    }

    [Fact]
    public async Task Facility_IsClosed_AndOpenedAgain_ByDialogs()
    {
        // Its gates are never heard here, so it never shows that they are silent in place of being closed.
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?facility=jingan-temple");

        await SwitchAsync(screen, "Close Jing'an Temple Underground Garage to entries?");
        await screen.UntilAsync("() => document.querySelector('#facility-state').dataset.state === 'closed'");

        await SwitchAsync(screen, "Open Jing'an Temple Underground Garage to entries?");
        await screen.UntilAsync("() => document.querySelector('#facility-state').dataset.state === 'open'");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Keys_FindMoveOpenAndGoBack()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        var keyboard = screen.Page.Keyboard;

        await keyboard.PressAsync("/");
        await keyboard.TypeAsync("jk yuyuan");
        await screen.UntilAsync("() => !document.querySelector('#empty').hidden && document.querySelector('#find').value === 'jk yuyuan'");
        await keyboard.PressAsync("Escape");
        await screen.UntilAsync("() => document.querySelectorAll('#rows a').length > 5");
        await keyboard.PressAsync("j");
        await keyboard.PressAsync("j");
        await keyboard.PressAsync("k");
        await screen.UntilAsync("() => document.activeElement === document.querySelector('#rows a')");
        await keyboard.PressAsync("Enter");
        await screen.UntilAsync("() => !document.querySelector('#facility').hidden && location.search.startsWith('?facility=')");
        await keyboard.PressAsync("Escape");
        await screen.UntilAsync("() => !document.querySelector('#overview').hidden && location.search === ''");
        await keyboard.PressAsync("?");
        await screen.UntilAsync("() => document.querySelector('#help-dialog').open");
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData("demo-manager", "Huangpu", "hsp yuyuan")]
    [InlineData("demo-attendant", "People's Square North Garage", "hsp")]
    public async Task Operator_SeesTheScopesOfTheirDuties_AndNoOther(string person, string scopes, string facilities)
    {
        await using var screen = await chromium.OpenAsync(new(service.Origin, "en"));

        await screen.SignInAsync(person, "/console");

        await screen.UntilConnectionIsAsync("live");
        await screen.UntilAsync(
            "ids => [...document.querySelectorAll('#rows tr')].map(row => row.dataset.facility).sort().join(' ') === ids", facilities);
        Assert.Equal(scopes, (await screen.TextOfAsync("#scope"))!.Trim().ReplaceLineEndings(", "));
        await screen.UntilAsync("() => /^\\d/.test(document.querySelector('tr[data-facility=hsp] [data-part=figures]')?.textContent)");
        await screen.GoAsync("/console?facility=jingan-temple");
        await screen.UntilConnectionIsAsync("live");
        await screen.UntilAsync("() => !document.querySelector('#overview').hidden && document.querySelector('#facility').hidden");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Driver_IsToldThatThisIsForOperators()
    {
        await using var screen = await chromium.OpenAsync(new(service.Origin));

        await screen.SignInAsync("demo-driver-1", "/console");

        await screen.UntilAsync("() => !document.querySelector('#refused').hidden && document.querySelector('#overview').hidden");
        await screen.AssertCleanAsync();
    }

    private static async Task SwitchAsync(Screen screen, string title)
    {
        await screen.UntilAsync("() => !!document.querySelector('#switch:enabled[data-closes]')");
        await screen.Page.ClickAsync("#switch");
        await screen.UntilAsync("text => document.querySelector('#switch-title').textContent === text", title);
        await screen.Page.ClickAsync("#switch-confirm");
        await screen.UntilAsync("() => !document.querySelector('#switch-dialog').open");
    }
}
