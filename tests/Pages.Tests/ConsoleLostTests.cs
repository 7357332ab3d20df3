using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The console while the service is gone, and when it is back.</summary>
public sealed class ConsoleLostTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    /// <summary>
    /// Language, facility, what is said meanwhile and afterwards, whether the service is killed, and for how many seconds.
    /// </summary>
    public static TheoryData<string, string, string, string, bool, int> Outages => Depth.Name == "quick"
        ? new() { { "en", "hsp", English, "live", true, 0 } }
        : new()
        {
            { "en", "hsp", English, "live", true, 3 },
            { "zh", "xujiahui", @"^连接中断 · 数据截至 \d\d:\d\d:\d\d$", "实时", true, 25 },
            { "en", "xuhui-hospital", English, "live", false, 60 },
        };

    private const string English = @"^connection lost · figures from \d\d:\d\d:\d\d$";

    /// <summary>A number that was live, and a reason that is being typed into the dialog of a command.</summary>
    [Theory]
    [MemberData(nameof(Outages))]
    public async Task LostService_PageStaysGreyed_WithWhatWasTyped_AndIsLiveAgainWhenItIsBack(
        string language, string facility, string lost, string live, bool isKilled, int seconds)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language, query: $"?facility={facility}");
        using (var gate = new DriverGate(service, $"{facility}-in-1"))
        {
            await gate.ShowAsync(await service.MintAsync($"lost-{facility}"));
        }

        await screen.UntilAsync("() => document.querySelector('[data-part=shown]').textContent === '1'");
        await screen.UntilAsync("() => document.querySelector('[data-command=hold_open]:enabled') !== null");
        await screen.Page.ClickAsync("[data-command=hold_open]:enabled");
        await screen.TypeAsync("#command-reason", "fire brigade");

        await (isKilled ? service.KillAsync() : service.CutAsync());

        await screen.UntilConnectionIsAsync("lost");
        await screen.UntilAsync("text => new RegExp(text).test(document.querySelector('#freshness').textContent.trim())", lost);
        await screen.UntilAsync(
            "() => ['#switch', '#command-confirm', '[data-look=lang]', '.who [data-act]'].every(s => document.querySelector(s).disabled)");
        await Task.Delay(TimeSpan.FromSeconds(seconds), LiveService.Time, TestContext.Current.CancellationToken);
        Assert.Equal("1", await screen.TextOfAsync("[data-part=shown]"));
        Assert.Equal("grayscale(1)", await screen.Page.EvaluateExpressionAsync<string>("getComputedStyle(view).filter"));
        Assert.Matches(lost, (await screen.TextOfAsync("#freshness"))!);
        if (isKilled)
        {
            await service.StartAgainAsync();
        }
        else
        {
            service.Mend();
        }

        var back = LiveService.Time.GetTimestamp();
        await screen.UntilConnectionIsAsync("live");
        await screen.UntilAsync("text => document.querySelector('#freshness').textContent.trim().startsWith(text)", live);
        TestContext.Current.TestOutputHelper!.WriteLine($"live again after {LiveService.Time.GetElapsedTime(back).TotalSeconds:0.0} s");
        Assert.Equal("fire brigade", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#command-reason').value"));
        Assert.True(await screen.Page.EvaluateExpressionAsync<bool>("document.querySelector('#command-dialog').open"));
        await screen.UntilAsync("() => document.querySelector('[data-part=shown]').textContent === '1'");
        await screen.Page.Keyboard.PressAsync("Escape");
        await screen.UntilAsync("() => !document.querySelector('#switch').disabled");
        await screen.Page.ClickAsync("#switch");
        await screen.Page.ClickAsync("#switch-confirm");
        await screen.UntilAsync("() => document.querySelector('#switch').dataset.closes === 'false'");
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
