using System.Globalization;
using NodaTime;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A driver's past stays: how they became what they are, and those that only the archive has.</summary>
public sealed class DriverHistoryTests(Chromium chromium, PastService service) : IClassFixture<PastService>
{
    private const int PageSize = 20, Earlier = PastService.Plain + 2;

    private static readonly (int, int)[] Sizes = [(390, 844), (360, 640), (1280, 720)];

    [Theory]
    [InlineData("en", "The exit arrived late", "Ends {0} instead of open")]
    [InlineData("zh", "离场记录迟到", "由未结束改为 {0} 结束")]
    public async Task ExitThatArrivedLate_IsToldAtTheStay(string language, string why, string what)
    {
        await using var screen = await chromium.OpenDriverAsync(service, language: language);
        await screen.OpenTabAsync("stays");
        await screen.UntilAsync("() => document.querySelectorAll('#stays .past').length === 1");
        await screen.Page.ClickAsync("#stays .past summary");
        await screen.UntilReadsAsync("#stays .past .total", "¥");
        await screen.ClickAsync("#stays .story summary");

        await screen.UntilReadsAsync("#stays .versions", why);
        await screen.UntilReadsAsync("#stays .versions", string.Format(
            CultureInfo.InvariantCulture, what, TimeOf(service.RecentExit, language)));
        await screen.UntilReadsAsync("#stays .versions", language == "en" ? "Fee ¥" : "费用 ¥");
        await screen.InspectAsync("driver versions", Sizes);
        await screen.AssertCleanAsync();
    }

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task EarlierStays_ComePageByPage_EachOnce_AndAsManyAfterAReload(string language, string theme)
    {
        await using var screen = await chromium.OpenDriverAsync(service, language: language, theme: theme);
        await screen.OpenTabAsync("stays");
        await screen.UntilAsync("() => document.querySelectorAll('#earlier .past').length > 0");
        Assert.InRange(await CountAsync(screen), 1, PageSize);
        await screen.InspectAsync("driver earlier stays", Sizes);

        await screen.Page.ClickAsync("#earlier-more");

        await screen.UntilAsync("count => document.querySelectorAll('#earlier .past').length === count", Earlier);
        await screen.UntilAsync("() => document.querySelector('#earlier-more').hidden");
        Assert.Equal(Earlier + 1, (await IdsAsync(screen)).Distinct().Count());
        var ids = await IdsAsync(screen);
        await screen.Page.ReloadAsync();
        await screen.UntilAsync("count => document.querySelectorAll('#earlier .past').length === count", Earlier);
        Assert.Equal(ids, await IdsAsync(screen));
        await screen.AssertCleanAsync();
    }

    /// <summary>The next entry had ended it, and it had no fee. What the archive keeps of that says so.</summary>
    [Fact]
    public async Task EarlierStay_HasItsLines_AndWhatChangedIt()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.OpenTabAsync("stays");
        await screen.UntilAsync("() => document.querySelectorAll('#earlier .past').length > 1");
        await screen.Page.ClickAsync("#earlier .past:nth-child(2) summary");
        await screen.UntilReadsAsync("#earlier .past:nth-child(2) .total", "¥");
        await screen.ClickAsync("#earlier .past:nth-child(2) .story summary");

        await screen.UntilReadsAsync("#earlier .past:nth-child(2) .versions", "The exit arrived late");
        await screen.UntilReadsAsync("#earlier .past:nth-child(2) .versions", $"Ends {TimeOf(service.EarlierExit, "en")} instead of");
        await screen.UntilReadsAsync("#earlier .past:nth-child(2) .versions", "Fee ¥");
        await screen.InspectAsync("driver earlier versions", Sizes);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task ArchiveThatIsAway_LeavesTheRecentStays_AndIsAskedAgain()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await using (await Interception.RefuseAsync(screen, "/v1/me/archive"))
        {
            await screen.OpenTabAsync("stays");
            await screen.UntilReadsAsync("#earlier-problem", "Earlier stays cannot be read just now.");
            await screen.UntilAsync("() => document.querySelectorAll('#stays .past').length === 1");
            await screen.Page.ClickAsync("#stays .past summary");
            await screen.UntilReadsAsync("#stays .past .total", "¥");
            await screen.InspectAsync("driver archive away", Sizes);
        }

        await screen.Page.ClickAsync("#earlier-problem button");

        await screen.UntilAsync("() => document.querySelectorAll('#earlier .past').length > 0");
        await screen.UntilGoneAsync("#earlier-problem .problem");
        await screen.AssertCleanAsync();
    }

    private static Task<int> CountAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('#earlier .past').length");

    private static Task<string[]> IdsAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<string[]>("[...document.querySelectorAll('.past')].map(row => row.id)");

    /// <summary>A time as the page writes it, in the city's zone.</summary>
    private static string TimeOf(Instant at, string language)
    {
        var local = at.InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]);
        return language == "zh"
            ? local.ToString("M'月'd'日' HH:mm", CultureInfo.InvariantCulture)
            : local.ToString("d MMM HH:mm", CultureInfo.GetCultureInfo("en-GB"));
    }
}
