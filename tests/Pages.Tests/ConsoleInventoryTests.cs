using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>
/// What an operator does about numbers and stays that are wrong: takes inventory, rebuilds the spaces, lets out a vehicle by its stay.
/// </summary>
public sealed class ConsoleInventoryTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    private const string Facility = "hsp", Shown = "#sum-of [data-part=shown]";

    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    /// <summary>Gates of the facility that never were heard make the count doubtful, as soon as one of them was.</summary>
    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Inventory_OfAGhostAndACount_IsShownFirst_ConfirmedInSpiteOfGates_AndRecorded(string language, string theme)
    {
        await ParkAsync($"inventory-{language}-{theme}");
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme, $"?facility={Facility}");
        await screen.UntilAsync("() => document.querySelector('#to-inventory').hidden === false");
        await screen.Page.ClickAsync("#to-inventory");
        await UntilGhostAsync(screen);
        await screen.UntilAsync("() => !document.querySelector('#inventory-doubted').hidden");
        await screen.Page.Keyboard.PressAsync("j");
        await screen.Page.Keyboard.PressAsync("Space");
        await screen.TypeAsync("#inventory-form [name=count]", "7");
        await screen.TypeAsync("#inventory-form [name=reason]", "walked through");
        await screen.InspectAsync("console inventory", Sizes);

        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.UntilAsync("() => document.querySelector('#inventory-numbers [data-part=after]').textContent === '7'");
        await screen.UntilAsync("() => document.querySelectorAll('#inventory-stays li').length === 1");
        Assert.True(await screen.Page.EvaluateExpressionAsync<bool>("document.querySelector('#inventory-confirm').disabled"));
        await screen.Page.ClickAsync("#inventory-despite");
        await screen.InspectAsync("console inventory preview", Sizes);
        await ConfirmAsync(screen);

        await screen.UntilAsync("() => document.querySelector('#inventory-result').textContent.includes('7')");
        await screen.InspectAsync("console inventory taken", Sizes);
        await screen.Page.ClickAsync("#inventory-cancel");
        await screen.UntilAsync("() => document.querySelector('#inventory-form').elements.count.value === ''");
        await screen.Page.ClickAsync("#inventory-back");
        await screen.UntilAsync("(s, n) => document.querySelector(s).textContent === n", Shown, "7");
        await screen.AssertCleanAsync();
    }

    /// <summary>Also after the city was fetched again, and whoever typed has looked at something else.</summary>
    [Fact]
    public async Task LostConnection_KeepsWhatWasTypedAndTicked_AndNothingIsRecordedMeanwhile()
    {
        var row = $"#inventory-rows input[value='{await ParkAsync("inventory-lost")}']";
        await using var screen = await chromium.OpenConsoleAsync(service, query: $"?view=inventory&facility={Facility}");
        await UntilGhostAsync(screen, row);
        await screen.Page.ClickAsync(row);
        await screen.TypeAsync("#inventory-form [name=count]", "9");
        await screen.TypeAsync("#inventory-form [name=reason]", "walked through");
        await screen.Page.ClickAsync("#inventory-ask");
        await screen.UntilAsync("() => document.querySelector('#inventory-numbers [data-part=after]').textContent === '9'");
        await screen.Page.ClickAsync("#inventory-despite");

        await service.CutAsync();
        await screen.UntilConnectionIsAsync("lost");
        await screen.UntilAsync("() => ['#inventory-confirm', '#inventory-ask'].every(s => document.querySelector(s).disabled)");
        var fetched = await screen.TimesFetchedAsync("/v1/facilities");
        service.Mend();
        await screen.UntilConnectionIsAsync("live");
        await screen.UntilFetchedAgainAsync("/v1/facilities", fetched);
        await screen.Page.ClickAsync("#inventory-cancel");
        await screen.Page.ClickAsync("#inventory-back");
        await screen.UntilAsync("() => !document.querySelector('#to-inventory').hidden");
        await screen.Page.ClickAsync("#to-inventory");
        await screen.UntilAsync("() => !document.querySelector('#view-inventory').hidden");

        Assert.Equal("9 walked through", await screen.Page.EvaluateExpressionAsync<string>(
            "(e => `${e.count.value} ${e.reason.value}`)(document.querySelector('#inventory-form').elements)"));
        Assert.True(await screen.Page.EvaluateFunctionAsync<bool>("row => document.querySelector(row).checked", row));
        Assert.Equal("1 ticked", await screen.TextOfAsync("#inventory-chosen"));
    }

    /// <summary>The stays of another facility under this one's address would be closed by mistake.</summary>
    [Fact]
    public async Task FacilityOfSomebodyElse_IsNotReplacedByAnother()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        await screen.Page.EvaluateFunctionOnNewDocumentAsync(ConsoleDutyTests.TellDuties);
        await screen.Page.EvaluateExpressionAsync($"""window.name = '["watch@city", "operate@facility:{Facility}"]'""");

        await screen.GoAsync("/console?view=inventory&facility=yuyuan");
        await screen.UntilAsync("() => document.querySelector('#inventory-problem')?.hidden === false");
        Assert.Contains("Yuyuan", await screen.TextOfAsync("#inventory-problem"), StringComparison.Ordinal);
        Assert.True(await screen.Page.EvaluateExpressionAsync<bool>(
            "document.querySelector('#inventory-found').hidden && document.querySelector('#inventory-ask').hidden"));
        await screen.GoAsync($"/console?view=inventory&facility={Facility}");
        await screen.UntilAsync("() => document.querySelector('#inventory-found')?.hidden === false");
        Assert.True(await screen.Page.EvaluateExpressionAsync<bool>("document.querySelector('#inventory-problem').hidden"));
    }

    [Fact]
    public async Task StayThatEndsBetween_IsUnticked_AndTheRestIsShownAgain()
    {
        // Its own row: that of another test's stay may be there before.
        var stay = await ParkAsync("inventory-between");
        await using var screen = await chromium.OpenConsoleAsync(service, query: $"?view=inventory&facility={Facility}");
        await UntilGhostAsync(screen, $"#inventory-rows input[value='{stay}']");
        await screen.Page.EvaluateExpressionAsync("document.querySelectorAll('#inventory-rows input').forEach(box => box.click())");
        await screen.TypeAsync("#inventory-form [name=count]", "3");
        await screen.TypeAsync("#inventory-form [name=reason]", "walked through");
        using (var exit = new DriverGate(service, "hsp-out-1"))
        {
            await exit.ShowAsync(await service.MintAsync("inventory-between"));
        }

        await screen.Page.ClickAsync("#inventory-ask");

        await screen.UntilAsync("() => !document.querySelector('#inventory-left').hidden");
        await screen.UntilAsync("() => document.querySelector('#inventory-numbers [data-part=after]').textContent === '3'");
        Assert.Contains("unticked: 1", await screen.TextOfAsync("#inventory-left"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebuild_SaysWhatItDoes_AndWhatItDid()
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?facility=xujiahui");
        await screen.UntilAsync("() => !!document.querySelector('#rebuild:enabled')?.checkVisibility()");

        await screen.Page.ClickAsync("#rebuild");
        Assert.Contains("computed anew", await screen.TextOfAsync("#switch-what"), StringComparison.Ordinal);
        await screen.InspectAsync("console rebuild");
        await screen.Page.ClickAsync("#switch-confirm");

        await screen.UntilAsync("() => document.querySelector('#switch-what').textContent.startsWith('Done.')");
        Assert.Contains("nobody has: 0", await screen.TextOfAsync("#switch-what"), StringComparison.Ordinal);
        await screen.Page.ClickAsync("#switch-cancel");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task OpenStay_IsLetOutAtTheChosenExit()
    {
        await using var exit = await RunningGate.StartAsync(service, "lujiazui-out-1");
        using (var entry = new DriverGate(service, "lujiazui-in-1"))
        {
            await entry.ShowAsync(await service.MintAsync("let-out"));
        }

        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=inventory&facility=lujiazui");
        await UntilGhostAsync(screen);
        await screen.Page.ClickAsync("#inventory-rows a");
        await screen.UntilAsync("() => document.querySelector('#stay-let-out')?.hidden === false");
        await screen.Page.ClickAsync("#stay-let-out");
        await screen.UntilAsync("() => document.querySelectorAll('#stay-lanes input').length === 2");
        await screen.UntilAsync("() => document.querySelector('#stay-lanes input[value=lujiazui-out-2]').disabled");
        await screen.UntilAsync("() => document.querySelector('#stay-lanes input[value=lujiazui-out-1]').checked");
        await screen.InspectAsync("console let out", Sizes);
        await GiveAsync(screen);
        await screen.UntilObeyedAsync(async () =>
        {
            await screen.UntilAsync("() => !document.querySelector('#stay-let-out').hidden");
            await screen.Page.ClickAsync("#stay-let-out");
            await screen.UntilAsync("() => document.querySelector('#stay-lanes input[value=lujiazui-out-1]').checked");
            await GiveAsync(screen);
        });
        await screen.Page.ClickAsync("#command-close");

        await screen.UntilAsync("() => document.querySelector('#stay-state').dataset.state === 'provisional'");
        await screen.UntilAsync("() => document.querySelector('#stay-let-out').hidden");
        await screen.UntilAsync("() => document.querySelector('#stay-facts').innerText.includes('left')");
        await screen.AssertCleanAsync();
    }

    /// <summary>Gives the command for the lane that is chosen.</summary>
    private static async Task GiveAsync(Screen screen)
    {
        await screen.Page.ClickAsync("#stay-let-out-next");
        await screen.UntilAsync("() => document.querySelector('#command-dialog').open");
        await screen.TypeAsync("#command-reason", "phone is broken");
        await screen.Page.ClickAsync("#command-confirm");
    }

    /// <returns>The stay.</returns>
    private async Task<string> ParkAsync(string who)
    {
        using var entry = new DriverGate(service, "hsp-in-1");
        return (await entry.ShowAsync(await service.MintAsync(who))).Stay!.Id;
    }

    /// <summary>
    /// Confirms until the inventory is taken. A gate may fall silent after the preview on a slow machine: the page then shows the preview
    /// again, and whoever confirms is asked again.
    /// </summary>
    private static Task ConfirmAsync(Screen screen) => screen.UntilAsync("""
        () => {
          const [taken, despite, confirm] = ['result', 'despite', 'confirm'].map(part => document.querySelector(`#inventory-${part}`));
          if (!despite.checked && document.querySelector('#inventory-doubts').hidden === false) {
            despite.click();
          }
          if (!confirm.disabled) {
            confirm.click();
          }
          return !taken.hidden;
        }
        """);

    /// <summary>Waits until the list has a stay: it is in the archive a moment after it is in the live store.</summary>
    private static async Task UntilGhostAsync(Screen screen, string row = "#inventory-rows input")
    {
        await screen.UntilAsync("() => document.querySelector('#inventory-form')?.elements.facility.options.length > 1");
        using var limit = Patience.Start();
        do
        {
            await screen.Page.ClickAsync("#inventory-reload");
            await screen.UntilAsync("() => !document.querySelector('#inventory-rows .waiting')");
        }
        while (!await screen.Page.EvaluateFunctionAsync<bool>("row => !!document.querySelector(row)", row)
            && !limit.IsCancellationRequested);
    }
}
