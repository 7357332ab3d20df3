using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>Who is not parked asks where a space is free, and what it costs there.</summary>
[Collection<SharedService>]
public sealed class DriverPlacesTests(Chromium chromium, LiveService service)
{
    private const string Card = "#places-card summary", Find = "#places-find", First = "#places-list .row:first-child";

    private const string Names = "[...document.querySelectorAll('#places-list [data-part=name]')].map(name => name.innerText).join('|')";

    private static readonly (int, int)[] Sizes = [(390, 844), (360, 640)];

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Places_HaveTheirFreeSpaces_AndPricesWhenOpened(string language, string theme)
    {
        var (yard, price, free) = language == "zh" ? ("豫园里弄小停车场", "¥15", "空 8 位") : ("Yuyuan Lane Yard", "¥15", "8 free");
        await using var screen = await OpenAsync(language, theme);

        await screen.UntilAsync("() => document.querySelectorAll('#places-list .row').length === 7");
        await screen.TypeAsync(Find, "YUYUAN");
        await screen.UntilAsync($"name => {Names} === name", yard);
        await screen.UntilReadsAsync($"{First} [data-part=free]", free);
        await screen.TapAsync($"{First} summary");
        await screen.UntilReadsAsync($"{First} .board", price);
        await screen.InspectAsync("driver places", Sizes);

        await screen.GoAsync("/driver");
        await OpenCardAsync(screen);
        await screen.UntilAsync($"name => {Names} === name", yard);
        await screen.TypeAsync(Find, " nowhere");
        await screen.UntilAsync("() => document.querySelectorAll('#places-list .row').length === 0");
        await screen.InspectAsync("driver places none", Sizes);
        await screen.AssertCleanAsync();
    }

    /// <summary>Where a driver has been comes before all others, however many spaces those have.</summary>
    [Fact]
    public async Task Place_WhereTheDriverHasBeen_ComesFirst()
    {
        await using var screen = await OpenAsync();
        var code = await screen.FirstCodeAsync();
        using (var entry = new DriverGate(service, "xuhui-hospital-in-1"))
        {
            await entry.ShowAsync(code);
        }

        await screen.UntilAsync("() => !!document.querySelector('.stay')");
        using (var exit = new DriverGate(service, "xuhui-hospital-out-1"))
        {
            await exit.ShowAsync(await screen.NextCodeAsync(code));
        }

        await screen.UntilGoneAsync(".stay");
        await screen.GoAsync("/driver");
        await screen.UntilAsync("() => !document.querySelector('#no-stay').hidden");
        await screen.TapAsync(Card);

        await screen.UntilReadsAsync($"{First} [data-part=name]", "Xuhui");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task WithoutAConnection_NumbersAreUnknown_AndWhatWasTypedStays()
    {
        await using var screen = await OpenAsync();
        await screen.TypeAsync(Find, "yuyuan");
        await screen.UntilAsync($"() => {Names} === 'Yuyuan Lane Yard'");
        await service.CutAsync();
        try
        {
            await screen.TapAsync(Card);
            await screen.TapAsync(Card);

            await screen.UntilReadsAsync($"{First} [data-part=free]", "—");
            await screen.UntilReadsAsync("#places-note", "not known without a connection");
            Assert.Equal("yuyuan", await screen.Page.EvaluateExpressionAsync<string>($"document.querySelector('{Find}').value"));
        }
        finally
        {
            service.Mend();
        }

        await screen.TypeAsync(Find, " ");
        await screen.UntilReadsAsync($"{First} [data-part=free]", "free");
        await screen.AssertCleanAsync();
    }

    private async Task<Screen> OpenAsync(string language = "en", string theme = "light")
    {
        var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing, language, theme);
        await OpenCardAsync(screen);
        return screen;
    }

    private static async Task OpenCardAsync(Screen screen)
    {
        await screen.UntilAsync("() => !document.querySelector('#no-stay').hidden");
        await screen.TapAsync(Card);
        await screen.UntilAsync("() => !!document.querySelector('#places-list .row')");
    }
}
