using Parking.GateProtocol;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>The drivers' page while the service is gone, and when it is back.</summary>
public sealed class DriverLostTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>
{
    /// <summary>Language, plate, and what is said of the connection, the fee, the code and a vehicle that could not be saved.</summary>
    public static TheoryData<string, string, string, string, string, string> Words =>
        new(Inspection.InOneLanguageOrAll(
            ("zh", "A61234", @"^网络已断开，以下为 \d\d:\d\d 的数据", "可能已变化", "前仍可使用", "网络已断开，未保存"),
            ("en", "A65678", @"^No connection\. Figures from \d\d:\d\d\.", "last known at", "This code still works until",
                "No connection: not saved")));

    [Theory]
    [MemberData(nameof(Words))]
    public async Task KilledService_FeeIsOfThePast_CodeStays_AndNothingTypedIsLost(
        string language, string plate, string lost, string lastKnown, string code, string notSaved)
    {
        await using var screen = await chromium.OpenDriverAsync(service, language: language);
        using var gate = new DriverGate(service, "yuyuan-in-1");
        using var exit = new DriverGate(service, "yuyuan-out-1");
        var first = await screen.FirstCodeAsync();
        await gate.ShowAsync(first);
        await screen.UntilReadsAsync(".stay .fee", "¥15");
        await screen.NextCodeAsync(first);
        await screen.OpenTabAsync("vehicles");
        await screen.UntilAsync("() => document.querySelector('#add')?.disabled === false");
        await screen.TypeAsync("#plate", $"沪{plate}");
        var typed = await screen.PlateAsync();

        await service.KillAsync();

        await screen.UntilAsync("text => new RegExp(text).test(document.querySelector('#lost').innerText)", lost);
        await screen.UntilAsync("() => ['#sign-out', '[data-look=lang]'].every(s => document.querySelector(s).disabled)");
        await screen.SendFormAsync();
        await screen.UntilReadsAsync("#plate-error", notSaved);
        Assert.Equal(typed, await screen.PlateAsync());
        await screen.OpenTabAsync("code");
        await screen.UntilReadsAsync(".stay.stale .note:not([hidden])[data-part=note]", lastKnown);
        await screen.UntilReadsAsync("#code-note", code);
        await screen.UntilHasCodeAsync();

        await service.StartAgainAsync();

        await screen.UntilAsync("() => document.querySelector('#lost').hidden && !!document.querySelector('.stay:not(.stale)')");
        await screen.UntilReadsAsync(".stay .fee", "¥15");
        await screen.UntilAsync("() => !document.querySelector('#sign-out').disabled");
        await screen.OpenTabAsync("vehicles");
        Assert.Equal(typed, await screen.PlateAsync());
        await screen.SendFormAsync();
        await screen.UntilReadsAsync("#vehicles .chosen .plate", $"沪A·{plate[1..]}");
        await LeaveAsync(screen, exit, first);
        await screen.AssertCleanAsync();
    }

    /// <summary>The connection is back, but what a stay costs could not be read yet.</summary>
    [Fact]
    public async Task FeeNotReadAgain_IsNotShownAsLive()
    {
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        using var gate = new DriverGate(service, "yuyuan-in-1");
        using var exit = new DriverGate(service, "yuyuan-out-1");
        var first = await screen.FirstCodeAsync();
        await gate.ShowAsync(first);
        await screen.UntilAsync("() => !!document.querySelector('.stay:not(.stale)')");
        var answers = false;
        screen.Page.Request += async (_, e) =>
            await (answers || !e.Request.Url.EndsWith("/v1/me/stays", StringComparison.Ordinal)
                ? e.Request.ContinueAsync()
                : e.Request.AbortAsync());
        await screen.Page.SetRequestInterceptionAsync(true);
        await service.CutAsync();
        await screen.UntilAsync("() => !document.querySelector('#lost').hidden && !!document.querySelector('.stay.stale')");

        service.Mend();

        await screen.UntilAsync("() => document.querySelector('#lost').hidden");
        Assert.True(await screen.Page.EvaluateExpressionAsync<bool>("!!document.querySelector('.stay.stale')"));
        answers = true;
        await screen.UntilAsync("() => !!document.querySelector('.stay:not(.stale)')");
        await LeaveAsync(screen, exit, first);
    }

    [Fact]
    public async Task Code_ThatExpiresWithoutAConnection_IsTakenAway_AndThereIsAnotherOneAfterwards()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await service.CutAsync();
        await screen.UntilReadsAsync("#code-note", "This code still works until");

        // An hour goes by.
        await screen.Page.EvaluateExpressionAsync(
            "{ const now = performance.now.bind(performance); performance.now = () => now() + 3_600_000; }");

        await screen.UntilReadsAsync("#symbol", "No connection: no code");
        await screen.UntilGoneAsync("#symbol svg");
        service.Mend();
        await screen.UntilHasCodeAsync();
        await screen.UntilReadsAsync("#code-note", "New code in");
        await screen.AssertCleanAsync();
    }

    /// <summary>The tab is loaded when it is opened first, for which there is no connection.</summary>
    [Fact]
    public async Task Vehicles_FirstOpenedWithoutAConnection_SaySo_AndComeByThemselves()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await service.CutAsync();
        await screen.UntilAsync("() => !document.querySelector('#lost').hidden");
        await screen.OpenTabAsync("vehicles");
        await screen.UntilReadsAsync("#vehicles-place .problem", "could not be loaded");

        service.Mend();

        await screen.UntilAsync("() => document.querySelector('#add')?.disabled === false");
        await screen.TypeAsync("#plate", "苏A00001");
        await screen.SendFormAsync();
        await screen.UntilReadsAsync("#vehicles", "苏A");
        await screen.AssertCleanAsync();
    }

    /// <summary>The other tests find the driver as this one did: not parked.</summary>
    private static async Task LeaveAsync(Screen screen, DriverGate exit, string used)
    {
        await screen.OpenTabAsync("code");
        Assert.Equal(ScanReason.Exited, (await exit.ShowAsync(await screen.NextCodeAsync(used))).Reason);
        await screen.UntilGoneAsync(".stay");
    }
}
