using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>Prices in the console.</summary>
[Collection<SharedService>]
public sealed class ConsoleTariffTests(Chromium chromium, LiveService service)
{
    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Tariff_ShowsItsBoards_AndWhatAStayCosts(string language, string theme)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme, "?view=tariffs&facility=hsp");
        await screen.UntilAsync("() => document.querySelectorAll('#board-list > li').length === 2");
        Assert.Equal("true", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#board-list > li').dataset.now"));
        Assert.Contains(language == "zh" ? "2026年1月1日" : "1 Jan 2026", await screen.TextOfAsync("#board-list [data-part=validity]"));

        await screen.Page.EvaluateExpressionAsync("document.querySelector('[name=entered]').value = '2026-05-04T18:40'");
        await screen.Page.ClickAsync("#price-form [type=submit]");

        await screen.UntilAsync("() => document.querySelectorAll('#price-lines tr').length > 2");
        await screen.InspectAsync("console tariffs", Sizes);
        var lines = await screen.Page.EvaluateExpressionAsync<string[]>(
            "[...document.querySelectorAll('#price-lines td')].map(cell => cell.textContent.replace(/[^0-9.]/g, ''))");
        var total = (await screen.TextOfAsync("#price-total"))!.Trim('¥');
        Assert.Equal(total, lines[^1]);
        Assert.Equal(decimal.Parse(total, null), lines.SkipLast(1).Sum(line => decimal.Parse(line, null)));
        await screen.AssertCleanAsync();
    }
}
