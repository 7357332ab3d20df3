using System.Diagnostics;
using System.Text.Json;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.Pages.Tests.Browser;
using Parking.Simulation.LiveCity;
using Parking.Simulation.Service;

namespace Parking.Pages.Tests;

/// <summary>
/// The whole circle, as a newcomer sees it: <c>demo --pages</c>, the console and a driver's page side by side, in at one gate and out at
/// another, and Ctrl+C.
/// </summary>
public sealed class CircleTests(Chromium chromium) : IDisposable
{
    /// <summary>It charges from the first second, and its gates are never cut off. It is full for a while, again and again.</summary>
    private const string Facility = "yuyuan", Entry = "yuyuan-in-1", Exit = "yuyuan-out-1";

    private const string Occupied = "tr[data-facility=lujiazui] [data-part=figures]", Shown = "#sum-of [data-part=shown]";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Language, driver, and what is said at the entry, at the exit, and of the entry on the console.</summary>
    public static TheoryData<string, string, string, string, string> Words => new(Inspection.InOneLanguageOrAll(
        ("zh", DriverScreen.ZhouMing, "停车开始", "停车结束", "放行：入场"),
        ("en", DriverScreen.LinXia, "Your stay began at", "Your stay ended at", "Opened: entered")));

    [Theory]
    [MemberData(nameof(Words))]
    public async Task DemoPages_DriverEntersAndLeaves_BothPagesShowIt_AndCtrlCEndsEverything(
        string language, string driver, string began, string ended, string entered)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT with the program kill, which Windows does not have.");
        await using var simulator = SimulatorProcess.Start(
            ["demo", "--pages", "--port", $"{LoopbackPort.FindFree()}"], new Dictionary<string, string> { ["TMPDIR"] = _folder.FullPath });
        var consoleAddress = Address(await simulator.WaitForLineAsync("Operators: ", Cancellation));
        var driverAddress = Address(await simulator.WaitForLineAsync("Drivers: ", Cancellation));
        await using var console = await OpenAsync(consoleAddress, language, ConsoleScreen.Controller);
        await console.UntilConnectionIsAsync("live");
        await console.UntilMovesAsync(Occupied, await console.NumberAsync(Occupied));
        await console.ClickAsync($"tr[data-facility={Facility}] a");
        var before = await console.NumberAsync(Shown);
        await NoteDecisionsAsync(console);
        await using var phone = await OpenAsync(driverAddress, language, driver);

        await BeAtAsync(phone, language, Entry);

        await phone.UntilReadsAsync("#moment h2", began);
        await phone.UntilReadsAsync(".stay .fee", "¥15");
        var enteredAt = await phone.Page.EvaluateExpressionAsync<string>(
            "fetch('/v1/me/stays').then(answer => answer.json()).then(stays => stays.open[0].enteredAt)");
        await console.UntilAsync(
            "(at, text) => decided.some(row => row.startsWith(at) && row.includes(text))", enteredAt, entered);
        await console.UntilMovesAsync(Shown, before);

        var fee = (await BeAtAsync(phone, language, Exit)).Fee!;

        Assert.Equal(1500, fee.Total);
        await phone.UntilReadsAsync("#moment h2", ended);
        await phone.UntilReadsAsync("#moment .fee", DriverScreen.Yuan(fee.Total));
        await phone.UntilGoneAsync(".stay");
        Assert.Equal(DriverScreen.LinesOf(fee, language), await phone.OpenLastStayAsync(fee));
        await phone.AssertCleanAsync();
        await console.AssertCleanAsync();

        var children = await simulator.FindChildrenAsync(Cancellation);
        Assert.NotEmpty(children);
        await simulator.InterruptAsync(Cancellation);
        Assert.Equal(0, await simulator.WaitForExitAsync(Cancellation));
        Assert.All(children, id => Assert.Throws<ArgumentException>(() => Process.GetProcessById(id)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath, "parking-*"));
    }

    /// <summary>Opens an address that the program printed, and picks a person.</summary>
    private async Task<Screen> OpenAsync(Uri address, string language, string person)
    {
        var screen = await chromium.OpenAsync(new(new Uri(address, "/"), language));
        await screen.GoAsync(address.AbsolutePath);

        // The page finds that nobody is signed in, and leads to the sign-in by itself.
        await screen.UntilAsync("person => !!document.querySelector(`a[href*='person=${person}']`)", person);
        await screen.ClickAndLoadAsync($"a[href*='person={person}']");
        return screen;
    }

    /// <summary>Keeps a copy of each row that the feed gets: the demo's traffic soon pushes rows out of it.</summary>
    private static Task NoteDecisionsAsync(Screen console) => console.Page.EvaluateExpressionAsync(
        """
        window.decided = [];
        new MutationObserver(changes => {
          for (const row of changes.flatMap(change => [...change.addedNodes])) {
            decided.push(`${row.querySelector('time')?.dateTime} ${row.innerText}`);
          }
        }).observe(document.querySelector('#decisions'), { childList: true });
        """);

    /// <summary>
    /// Shows the code at a gate. Where that says that all places are taken, shows the next code, until somebody has left.
    /// </summary>
    private static async Task<ShowAnswer> BeAtAsync(Screen phone, string language, string gate)
    {
        await phone.UntilAsync("gate => !!document.querySelector(`#gate option[value='${gate}']`)", gate);
        await phone.Page.SelectAsync("#gate", gate);
        using var limit = Patience.Start();
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            await phone.UntilHasCodeAsync();
            var answering = phone.Page.WaitForResponseAsync(answer => answer.Url.EndsWith($"/{gate}/show", StringComparison.Ordinal));
            await phone.TapAsync("#show");
            var answer = await answering;
            var shown = JsonSerializer.Deserialize<ShowAnswer>(await answer.TextAsync(), GateProtocolJson.Options)!;
            Assert.True(shown.Decision == GateDecision.Open || shown.Reason is null or ScanReason.Full or ScanReason.CodeUsed, $"{shown}");
            if (shown.Decision == GateDecision.Open)
            {
                var display = shown.Display!;
                await phone.UntilReadsAsync("#shown", language == "zh" ? display.Zh : display.En);
                return shown;
            }

            await phone.UntilAsync("() => !document.querySelector('#show').disabled");
        }
    }

    private static Uri Address(string line) => new(line.Split(' ')[1]);
}
