using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>Alarms in the console: seen, explained, acknowledged, put aside.</summary>
[Collection<SharedService>]
public sealed class ConsoleAlarmTests(Chromium chromium, LiveService service)
{
    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    [Theory]
    [InlineData("en", "light", "xuhui-hospital-out-1", "Exit barrier fault", "not acknowledged", "acknowledged")]
    [InlineData("zh", "dark", "lujiazui-out-1", "出口道闸故障", "未确认", "已确认")]
    public async Task Alarm_IsSeenInTheBarAndBesideTheOverview_AndAcknowledgedWhereItStands(
        string language, string theme, string gate, string name, string fresh, string known)
    {
        await using var lane = await RunningGate.StartAsync(service, gate);
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme);
        await lane.Machine.ReportFaultAsync("the arm does not rise");

        await screen.UntilAsync("() => !document.querySelector('#alarm-counts [data-priority=urgent]').hidden");
        await screen.UntilAsync("text => document.querySelector('#alarm-list').innerText.includes(text)", name);
        await screen.InspectAsync("console overview with an alarm", Sizes);
        await screen.Page.ClickAsync("#views [data-view=alarms]");
        var row = $"tr[data-alarm='exit_barrier_fault:{gate}']";
        await screen.UntilAsync("(s, text) => document.querySelector(s)?.innerText.includes(text)", row, fresh);
        await screen.Page.ClickAsync($"{row} summary");
        await screen.InspectAsync("console alarms", Sizes);

        await screen.Page.ClickAsync($"{row} [data-part=tick]");
        await screen.Page.ClickAsync("#alarm-acknowledge");

        await screen.UntilAsync(
            "(s, text) => document.querySelector(s)?.querySelector('[data-part=state]').innerText === text", row, known);
        await screen.UntilAsync("s => document.querySelector(s).innerText.includes('Chen Wei')", row);
        await lane.Machine.ReportRepairedAsync();
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Alarm_IsPutAsideWithAReason_ByKeys_AndTakenBack()
    {
        const string row = "tr[data-alarm='entry_barrier_fault:lujiazui-in-1']";
        await using var lane = await RunningGate.StartAsync(service, "lujiazui-in-1");
        await lane.Machine.ReportFaultAsync(null);
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=alarms");
        await screen.UntilAsync("s => !!document.querySelector(s)", row);

        await screen.Page.FocusAsync(row);
        await screen.Page.Keyboard.PressAsync("s");
        await screen.UntilAsync("() => document.querySelector('#shelve-dialog').open");
        await screen.TypeAsync("#shelve-reason", "a technician is on the way");
        await screen.InspectAsync("console shelving", Sizes);
        await screen.Page.Keyboard.PressAsync("Enter");

        await screen.UntilAsync("s => document.querySelector(s)?.innerText.includes('a technician is on the way')", row);
        await screen.Page.ClickAsync($"{row} [data-part=unshelve]");
        await screen.UntilAsync("s => document.querySelector(s)?.dataset.state === 'unacknowledged'", row);
        await screen.Page.FocusAsync(row);
        await screen.Page.Keyboard.PressAsync("a");
        await screen.UntilAsync("s => document.querySelector(s)?.dataset.state === 'acknowledged'", row);
        await lane.Machine.ReportRepairedAsync();
        await screen.AssertCleanAsync();
    }

    /// <summary>Whoever may only act at one facility sees its alarms, and cannot tick the city's.</summary>
    [Fact]
    public async Task Attendant_SeesTheAlarmsOfTheirFacility()
    {
        await using var lane = await RunningGate.StartAsync(service, "hsp-out-1");
        await using var elsewhere = await RunningGate.StartAsync(service, "lujiazui-out-2");
        await lane.Machine.ReportFaultAsync(null);
        await elsewhere.Machine.ReportFaultAsync(null);
        await using var screen = await chromium.OpenAsync(new(service.Origin, "en"));
        await screen.SignInAsync("demo-attendant", "/console?view=alarms");

        await screen.UntilAsync("() => !!document.querySelector(\"tr[data-alarm='exit_barrier_fault:hsp-out-1']\")");

        Assert.DoesNotContain("lujiazui", await screen.TextOfAsync("#alarm-rows"), StringComparison.Ordinal);
        await lane.Machine.ReportRepairedAsync();
        await elsewhere.Machine.ReportRepairedAsync();
        await screen.AssertCleanAsync();
    }
}
