using Parking.GateProtocol;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>Commands to a barrier from the console: a dialog that names the lane, a reason, and what became of it.</summary>
[Collection<SharedService>]
public sealed class ConsoleCommandTests(Chromium chromium, LiveService service)
{
    private const string Gate = "xuhui-hospital-out-1", Facility = "?facility=xuhui-hospital";

    [Theory]
    [InlineData(
        "en", "Xuhui Hospital Car Park · lane xuhui-hospital-out-1 · exit", "Phone is broken", "The gate has obeyed", "Open once: obeyed")]
    [InlineData("zh", "徐汇医院停车楼 · 车道 xuhui-hospital-out-1 · 出口", "手机损坏", "闸机已执行", "开闸一次：已执行")]
    public async Task OpenOnce_WithAReason_ShowsEachStepUntilTheBarrierMoved(
        string language, string where, string reason, string done, string lately)
    {
        await using var gate = await RunningGate.StartAsync(service, Gate);
        await using var screen = await chromium.OpenConsoleAsync(service, language, query: Facility);

        await AskAsync(screen, "open_once");
        Assert.Equal(where, await screen.TextOfAsync("#command-where"));
        await screen.Page.ClickAsync("#command-confirm");
        Assert.Equal(BarrierPosition.Closed, gate.Machine.Position);
        await screen.Page.ClickAsync("[data-reason]");
        Assert.Equal(reason, await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#command-reason').value"));
        await screen.Page.ClickAsync("#command-confirm");

        await UntilObeyedAsync(screen, "open_once");
        await screen.UntilAsync("text => document.querySelector('#command-steps').innerText.includes(text)", done);
        Assert.Equal(BarrierPosition.Open, gate.Machine.Position);
        await screen.Page.ClickAsync("#command-close");
        await screen.UntilAsync(
            "(gate, text) => document.querySelector(`#lanes [data-gate='${gate}']`).innerText.includes(text)", Gate, lately);
        await gate.Machine.LeaveAsync();
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task HoldOpen_IsReleasedByAnotherCommand_AndNeverByTheSameButton()
    {
        await using var gate = await RunningGate.StartAsync(service, Gate);
        await using var screen = await chromium.OpenConsoleAsync(service, query: Facility);

        await GiveAsync(screen, "hold_open");
        await screen.UntilAsync(
            "gate => document.querySelector(`#lanes [data-gate='${gate}'] [data-part=barrier]`).textContent === 'Barrier: held open'",
            Gate);
        Assert.Equal(BarrierPosition.HeldOpen, gate.Machine.Position);
        await screen.UntilAsync("gate => !document.querySelector(`#lanes [data-gate='${gate}'] [data-command=hold_open]`)", Gate);

        await GiveAsync(screen, "release");
        await screen.UntilAsync("gate => !!document.querySelector(`#lanes [data-gate='${gate}'] [data-command=hold_open]`)", Gate);
        Assert.Equal(BarrierPosition.Closed, gate.Machine.Position);
        await screen.AssertCleanAsync();
    }

    /// <summary>A gate that does not ask for commands takes none: the console says so, and does not give it again.</summary>
    [Fact]
    public async Task OpenOnce_GateThatDoesNotAnswer_SaysThatNothingIsKnown()
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: Facility);
        using (var gate = new DriverGate(service, "xuhui-hospital-in-1"))
        {
            await gate.ShowAsync("not a code");
        }

        await AskAsync(screen, "open_once", "xuhui-hospital-in-1");
        await screen.TypeAsync("#command-reason", "barrier is jammed");
        await NoteStepsAsync(screen);
        await screen.Page.ClickAsync("#command-confirm");

        await screen.UntilAsync("() => said.some(steps => steps.includes('Nothing heard'))");
        await screen.UntilAsync("() => document.querySelector('#command-steps').innerText.includes('not be obeyed any more')");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Lane_ThatIsNotHeard_CannotBeCommanded_AndSaysWhy()
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?facility=jingan-temple");

        await screen.UntilAsync("() => document.querySelectorAll('#lanes [data-command]').length > 4");
        await screen.UntilAsync("() => [...document.querySelectorAll('#lanes [data-command]')].every(button => button.disabled)");
        Assert.Contains("Never heard: it cannot be told anything.", await screen.TextOfAsync("#lanes"), StringComparison.Ordinal);
        await screen.AssertCleanAsync();
    }

    /// <summary>What was typed outlives a lost connection, and a refusal.</summary>
    [Fact]
    public async Task Reason_IsKept_WhenTheServiceIsAway()
    {
        await using var gate = await RunningGate.StartAsync(service, Gate);
        await using var screen = await chromium.OpenConsoleAsync(service, query: Facility);
        await AskAsync(screen, "open_once");
        await screen.TypeAsync("#command-reason", "flat battery");

        await using (await Interception.RefuseAsync(screen, $"/v1/gates/{Gate}/commands"))
        {
            await screen.Page.ClickAsync("#command-confirm");
            await screen.UntilAsync("() => !document.querySelector('#command-problem').hidden");
        }

        await service.CutAsync();
        try
        {
            await screen.UntilConnectionIsAsync("lost");
            await screen.UntilAsync("() => document.querySelector('#command-confirm').disabled");
        }
        finally
        {
            service.Mend();
        }

        await screen.UntilConnectionIsAsync("live");
        Assert.Equal("flat battery", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#command-reason').value"));
        await screen.UntilAsync("() => !document.querySelector('#command-confirm').disabled");
        await screen.Page.ClickAsync("#command-confirm");
        await UntilObeyedAsync(screen, "open_once");
        await gate.Machine.LeaveAsync();
        await screen.AssertCleanAsync();
    }

    private static async Task GiveAsync(Screen screen, string command)
    {
        await AskAsync(screen, command);
        await ConfirmAsync(screen);
        await UntilObeyedAsync(screen, command);
        await screen.Page.ClickAsync("#command-close");
    }

    private static async Task ConfirmAsync(Screen screen)
    {
        await screen.Page.ClickAsync("[data-reason]");
        await screen.Page.ClickAsync("#command-confirm");
    }

    private static Task UntilObeyedAsync(Screen screen, string command) => screen.UntilObeyedAsync(async () =>
    {
        await AskAsync(screen, command);
        await ConfirmAsync(screen);
    });

    /// <summary>Notes in the page what the steps have said: some of it is there for three seconds only.</summary>
    private static Task NoteStepsAsync(Screen screen) => screen.Page.EvaluateExpressionAsync(
        """
        window.said = [];
        new MutationObserver(() => { said.push(document.querySelector('#command-steps').innerText); })
          .observe(document.querySelector('#command-steps'), { childList: true, subtree: true, characterData: true });
        """);

    private static async Task AskAsync(Screen screen, string command, string gate = Gate)
    {
        var button = $"#lanes [data-gate='{gate}'] [data-command={command}]";
        await screen.UntilAsync("s => document.querySelector(s)?.disabled === false", button);
        await screen.Page.ClickAsync(button);
        await screen.UntilAsync("() => document.querySelector('#command-dialog').open");
    }
}
