using NodaTime;
using Parking.GateProtocol;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A driver shows codes at gates and sees on the page what comes of it.</summary>
[Collection<SharedService>]
public sealed class DriverStayTests(Chromium chromium, LiveService service)
{
    [Theory]
    [InlineData(DriverScreen.LinXia, "en", "Your stay began at", "Your stay ended at", "People's Square North Garage")]
    [InlineData(DriverScreen.ZhouMing, "zh", "停车开始", "停车结束", "人民广场北停车库")]
    public async Task EntryAndExit_AreSeenOnThePage(string driver, string language, string began, string ended, string facility)
    {
        await using var screen = await chromium.OpenDriverAsync(service, driver, language);
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        var first = await screen.FirstCodeAsync();

        var entered = await entry.ShowAsync(first);

        Assert.Equal(ScanReason.Entered, entered.Reason);
        await screen.UntilReadsAsync("#moment h2", began);
        await screen.UntilReadsAsync(".stay h2", facility);
        await screen.UntilReadsAsync(".stay .fee", "¥0");
        var second = await screen.NextCodeAsync(first);

        var exited = await exit.ShowAsync(second);

        Assert.Equal(ScanReason.Exited, exited.Reason);
        await screen.UntilReadsAsync("#moment h2", ended);
        await screen.UntilGoneAsync(".stay");
        await screen.NextCodeAsync(second);
        await screen.AssertCleanAsync();
    }

    /// <summary>The gate that let the driver in was cut off, and reports later. There is something to pay from the first second.</summary>
    [Fact]
    public async Task FeeAndLines_AreThoseOfTheGate()
    {
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await screen.AddVehicleAsync("沪A77777");
        await screen.UntilReadsAsync("#vehicles .chosen .plate", "沪A·77777");
        await screen.OpenTabAsync("code");
        using var entry = new DriverGate(service, "yuyuan-in-1");
        using var exit = new DriverGate(service, "yuyuan-out-1");
        var first = await screen.FirstCodeAsync();

        var reported = await entry.ReportAsync(first, Duration.Zero);
        Assert.Equal((GateDecision.Open, ScanReason.OpenedOffline), (reported.Decision, reported.Reason));
        Assert.NotNull(reported.Stay);
        await screen.UntilReadsAsync("#moment h2", "The barrier is open");
        await screen.UntilReadsAsync(".stay .fee", "¥15");
        await screen.UntilReadsAsync(".stay .next", "Leave by");
        var exited = await exit.ShowAsync(await screen.NextCodeAsync(first));
        var fee = exited.Fee!;

        Assert.True(fee.Total > 0);
        await screen.UntilReadsAsync("#moment .fee", DriverScreen.Yuan(fee.Total));
        Assert.Equal(DriverScreen.LinesOf(fee), await screen.OpenLastStayAsync(fee));
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData("en", "This code was used before", "A new one is on this screen: show that.")]
    [InlineData("zh", "此码已使用过", "屏幕上已是新的停车码，请出示。")]
    public async Task Refusal_SaysWhatToDo(string language, string title, string next)
    {
        var driver = language == "en" ? DriverScreen.LinXia : DriverScreen.ZhouMing;
        await using var screen = await chromium.OpenDriverAsync(service, driver, language);
        using var gate = new DriverGate(service, "xujiahui-in-1");
        using var other = new DriverGate(service, "xujiahui-in-2");
        using var exit = new DriverGate(service, "xujiahui-out-1");
        var code = await screen.FirstCodeAsync();
        await gate.ShowAsync(code);
        await screen.NextCodeAsync(code);

        var refused = await other.ShowAsync(code);

        Assert.Equal(ScanReason.CodeUsed, refused.Reason);
        await screen.UntilReadsAsync("#moment .refused h2", title);
        await screen.UntilReadsAsync("#moment .refused", next);
        await screen.Page.ClickAsync("#moment .cross");
        await screen.UntilGoneAsync("#moment article");
        await exit.ShowAsync(await screen.NextCodeAsync(code));
        await screen.UntilGoneAsync(".stay");
        await screen.AssertCleanAsync();
    }
}
