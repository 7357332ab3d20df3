using Parking.Pages.Tests.Browser;
using Parking.Simulation.LiveCity;
using Parking.Simulation.Service;

namespace Parking.Pages.Tests;

/// <summary>
/// A barrier jams: the controller sees the alarm, the attendant opens the lane from afar with a reason and sees it move, the controller
/// acknowledges and finds the act in the audit. The lanes are those of <c>demo --pages</c>.
/// </summary>
public sealed class OperatorStoryTests(Chromium chromium)
{
    private const string Lane = "hsp-out-1", Attendant = "demo-attendant", Alarm = "tr[data-alarm='exit_barrier_fault:hsp-out-1']";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string, string, string> Words => new(Inspection.InOneLanguageOrAll(
        ("zh", "出口道闸故障", "道闸卡住", "闸机已执行", "已确认", "已领取 → 已执行"),
        ("en", "Exit barrier fault", "Barrier is jammed", "The gate has obeyed", "acknowledged", "taken → obeyed")));

    [Theory]
    [MemberData(nameof(Words))]
    public async Task JammedExit_IsOpenedFromAfar_Acknowledged_AndFoundInTheAudit(
        string language, string alarm, string reason, string moved, string acknowledged, string outcome)
    {
        var options = new LiveCityOptions { Port = LoopbackPort.FindFree(), Store = StoreKind.Embedded, HasTraffic = false };
        await using var city = await LivingCity.StartAsync(options, _ => { }, LiveService.Time, Cancellation);
        await using var controller = await OpenAsync(city, language, ConsoleScreen.Controller, "/console");
        await using var attendant = await OpenAsync(city, language, Attendant, "/console?facility=hsp");

        await city.Lanes[Lane].JamAsync(Cancellation);
        await controller.UntilAsync("text => document.querySelector('#alarm-list').innerText.includes(text)", alarm);
        await attendant.UntilAsync("text => document.querySelector('#alarm-list').innerText.includes(text)", alarm);

        // Once the lane is mended, the alarm waits half a minute for somebody to acknowledge it.
        await controller.Page.ClickAsync("#views [data-view=alarms]");
        await controller.UntilAsync("s => !!document.querySelector(s)", Alarm);
        await controller.Page.ClickAsync($"{Alarm} [data-part=tick]");
        await controller.UntilAsync("() => !document.querySelector('#alarm-acknowledge').disabled");

        await OpenLaneAsync(attendant, reason);
        await attendant.UntilObeyedAsync(() => OpenLaneAsync(attendant, reason));
        Assert.Contains(moved, await attendant.TextOfAsync("#command-steps"), StringComparison.Ordinal);
        Assert.False(city.Lanes[Lane].IsJammed);

        await controller.Page.ClickAsync("#alarm-acknowledge");
        await controller.UntilAsync("(s, text) => document.querySelector(s)?.querySelector('[data-part=state]').innerText === text", Alarm,
            acknowledged);

        await controller.Page.ClickAsync("#views [data-view=audit]");
        await controller.UntilAsync(
            "(reason, outcome) => [...document.querySelectorAll('#audit-rows tr')].some(row => "
                + "row.innerText.includes(reason) && row.innerText.includes(outcome))",
            reason,
            outcome);
        await controller.InspectAsync("console audit", (1600, 900), (1280, 720), (820, 1180));
        await attendant.AssertCleanAsync();
        await controller.AssertCleanAsync();
    }

    /// <summary>Gives the command, with a reason that the dialog offers.</summary>
    private static async Task OpenLaneAsync(Screen attendant, string reason)
    {
        const string Button = $"#lanes [data-gate='{Lane}'] [data-command=open_once]";
        await attendant.UntilAsync("s => document.querySelector(s)?.disabled === false", Button);
        await attendant.Page.ClickAsync(Button);
        await attendant.Page.EvaluateFunctionAsync(
            "text => [...document.querySelectorAll('[data-reason]')].find(chip => chip.textContent === text).click()", reason);
        await attendant.Page.ClickAsync("#command-confirm");
    }

    private async Task<Screen> OpenAsync(LivingCity city, string language, string person, string page)
    {
        var screen = await chromium.OpenAsync(new(city.Origin, language, Width: 1600, Height: 900));
        await screen.SignInAsync(person, "/console");
        await screen.GoAsync(page);
        await screen.UntilConnectionIsAsync("live");
        return screen;
    }
}
