using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>Finding stays in the console, and one stay as a story.</summary>
[Collection<SharedService>]
public sealed class ConsoleStaysTests(Chromium chromium, LiveService service)
{
    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Stay_IsFound_AndToldWithItsFee(string language, string theme)
    {
        await ParkAsync($"stays-{language}-{theme}");
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme, "?view=stays");
        await screen.UntilAsync("() => document.querySelector('#stays-form')?.elements.facility.options.length > 5");
        await screen.UntilAsync("() => [...document.querySelector('#stays-form').elements.gate].some(({ value }) => value === 'hsp-in-1')");
        await screen.InspectAsync("console stays", Sizes);

        await SearchAsync(screen, "settled");
        await screen.InspectAsync("console stays found", Sizes);
        await screen.Page.ClickAsync("#stays-rows a");

        await screen.UntilAsync("() => document.querySelectorAll('#stay-lines tr').length > 0 && location.search.includes('stay=')");
        await screen.UntilAsync("() => document.querySelectorAll('#stay-archived tr').length > 0");
        await screen.InspectAsync("console stay", Sizes);
        await screen.Page.ClickAsync("#stays-back");
        await screen.UntilAsync("() => !document.querySelector('#stays-search').hidden && !!document.querySelector('#stays-rows a')");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task OpenStay_WhoseVehicleIsNotThere_IsClosed()
    {
        var ghost = await EnterAsync("stays-ghost");
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=stays");
        await screen.UntilArchivedAsync(ghost);
        await SearchAsync(screen, "open");
        await screen.Page.ClickAsync($"#stays-rows a[href*='stay={ghost}']");
        await screen.UntilAsync("() => document.querySelector('#stay-close')?.hidden === false");

        await screen.Page.ClickAsync("#stay-close");
        await screen.Page.ClickAsync("#stay-close-confirm");

        await screen.UntilAsync("() => document.querySelector('#stay-facts').innerText.includes('closed by a person')");
        await screen.UntilAsync("() => document.querySelector('#stay-close').hidden");
        await screen.AssertCleanAsync();
    }

    /// <summary>Whoever goes back while a dialog is open does not act on the stay that is shown then.</summary>
    [Theory]
    [InlineData("#stay-close", "#stay-close-dialog")]
    [InlineData("#stay-let-out", "#stay-let-out-dialog")]
    [InlineData("#stay-send", "#stay-send-dialog")]
    public async Task Dialog_NamesItsStay_AndIsGoneWithIt(string button, string dialog)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=stays");
        var ids = new List<string>();
        foreach (var who in new[] { $"dialog-one-{button}", $"dialog-other-{button}" })
        {
            var id = await EnterAsync(who);
            ids.Add(id);
            await screen.UntilArchivedAsync(id);
        }

        await ShowAsync(ids[0]);
        await ShowAsync(ids[1]);
        await screen.UntilAsync("button => document.querySelector(button)?.checkVisibility()", button);
        await screen.Page.ClickAsync(button);
        Assert.StartsWith("At People's Square North", await screen.TextOfAsync($"{dialog} [id$=which]"), StringComparison.Ordinal);

        await screen.Page.EvaluateExpressionAsync("history.back()");

        await screen.UntilAsync("dialog => !document.querySelector(dialog).open", dialog);
        await screen.UntilAsync("id => document.querySelector('#stay-id').textContent === id", ids[0]);
        await screen.AssertCleanAsync();

        async Task ShowAsync(string id)
        {
            await screen.Page.EvaluateFunctionAsync(
                "id => { const link = Object.assign(document.createElement('a'), { href: `/console?view=stays&stay=${id}` }); "
                + "link.dataset.go = ''; document.body.append(link); link.click(); link.remove(); }",
                id);
            await screen.UntilAsync("id => document.querySelector('#stay-id')?.textContent === id", id);
        }
    }

    /// <summary>A plate does not stand in an address, and a search by it needs the duty for the whole city.</summary>
    [Theory]
    [InlineData("demo-controller", true)]
    [InlineData("demo-manager", false)]
    public async Task SearchByPlate_IsTheCitysMatter_AndLeavesTheAddressAsItIs(string person, bool isAllowed)
    {
        await using var screen = await chromium.OpenAsync(new(service.Origin, "en"));
        await screen.SignInAsync(person, "/console?view=stays");
        await screen.UntilAsync("() => document.querySelector('#stays-form')?.elements.facility.options.length > 1");

        Assert.Equal(!isAllowed, await screen.Page.EvaluateExpressionAsync<bool>("document.querySelector('[value=plate]').hidden"));
        if (isAllowed)
        {
            await screen.Page.SelectAsync("#stays-form [name=by]", "plate");
            await screen.TypeAsync("#stays-form [name=plate]", "沪A12345");
            await screen.TypeAsync("#stays-form [name=reason]", "asked by its owner");
            await screen.Page.ClickAsync("#stays-form [type=submit]");
            await screen.UntilAsync("() => document.querySelector('#stays-empty').innerText === 'Nothing found.'");
        }

        Assert.Equal("?view=stays", await screen.Page.EvaluateExpressionAsync<string>("location.search"));
        await screen.AssertCleanAsync();
    }

    private async Task<string> EnterAsync(string who)
    {
        using var entry = new DriverGate(service, "hsp-in-1");
        return (await entry.ShowAsync(await service.MintAsync(who))).Stay!.Id;
    }

    private async Task ParkAsync(string who)
    {
        await EnterAsync(who);
        using var exit = new DriverGate(service, "hsp-out-1");
        await exit.ShowAsync(await service.MintAsync(who));
    }

    /// <summary>Searches until something is found: a stay is in the archive a moment after it is in the live store.</summary>
    private static async Task SearchAsync(Screen screen, string state)
    {
        await screen.UntilAsync("() => document.querySelector('#stays-form')?.elements.facility.options.length > 5");
        await screen.Page.SelectAsync("#stays-form [name=facility]", "hsp");
        await screen.Page.SelectAsync("#stays-form [name=state]", state);
        using var limit = Patience.Start();
        do
        {
            await screen.Page.ClickAsync("#stays-form [type=submit]");
            await screen.UntilAsync("() => !document.querySelector('#stays-rows .waiting')");
        }
        while (!await screen.Page.EvaluateExpressionAsync<bool>("!!document.querySelector('#stays-rows a')")
            && !limit.IsCancellationRequested);
    }
}
