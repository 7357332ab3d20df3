using NodaTime;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A driver's past stays: how they became what they are, and those that only the archive has.</summary>
public sealed class DriverHistoryTests(Chromium chromium, PastService service) : IClassFixture<PastService>
{
    private const int PageSize = 20, Earlier = PastService.Plain + 2;

    private static readonly (int, int)[] Sizes = [(390, 844), (360, 640), (1280, 720)];

    [Theory]
    [InlineData("en", "The exit arrived late", "Ends {0}; before, the stay was open")]
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
        await UntilSaysAsync(screen, "#stays .past", what, service.RecentExit);
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
        await screen.UntilAsync("() => document.querySelectorAll('#stays .past').length === 1");
        Assert.Equal(Earlier + 1, (await IdsAsync(screen)).Distinct().Count());
        var ids = await IdsAsync(screen);
        await screen.Page.ReloadAsync();
        await screen.UntilAsync("count => document.querySelectorAll('#earlier .past').length === count", Earlier);
        await screen.UntilAsync("() => document.querySelectorAll('#stays .past').length === 1");
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
        await screen.TapAsync("#earlier .past:nth-child(2) summary");
        await screen.UntilReadsAsync("#earlier .past:nth-child(2) .total", "¥");
        await screen.ClickAsync("#earlier .past:nth-child(2) .story summary");

        await screen.UntilReadsAsync("#earlier .past:nth-child(2) .versions", "The exit arrived late");
        await UntilSaysAsync(screen, "#earlier .past:nth-child(2)", "Ends {0} instead of", service.EarlierExit);
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

    /// <summary>The exit was reported before its entry: first it was a stay without a beginning, then the end of another one.</summary>
    [Fact]
    public async Task StayThatIsPartOfAnother_LeadsToIt()
    {
        var part = service.Part;
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await screen.OpenTabAsync("stays");
        await screen.UntilReadsAsync($"#stay-{part} .sum", "No fee");
        await screen.ClickAsync($"#stay-{part} summary");
        await screen.UntilAsync("s => !document.querySelector(s).hidden", $"#stay-{part} [data-part=whole]");
        await screen.UntilReadsAsync($"#stay-{part} .about", "Part of another stay");
        await screen.InspectAsync("driver part of another stay", Sizes);

        await screen.ClickAsync($"#stay-{part} [data-part=whole]");

        await screen.UntilAsync(
            "part => document.activeElement.closest('.past')?.open && document.activeElement.closest('.past').id !== part", $"stay-{part}");
        await screen.UntilAsync("() => document.querySelectorAll('#stays .past').length === 2");
        await screen.AssertCleanAsync();
    }

    private static Task<int> CountAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('#earlier .past').length");

    private static Task<string[]> IdsAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<string[]>("[...document.querySelectorAll('.past')].map(row => row.id)");

    /// <summary>The versions of a stay have a sentence, in which any time of this minute stands for <c>{0}</c>.</summary>
    private static Task UntilSaysAsync(Screen screen, string row, string sentence, Instant at) => screen.UntilAsync(
        "(s, sentence) => new RegExp(sentence).test(document.querySelector(`${s} .versions`).innerText)",
        row,
        sentence.Replace("{0}", $".* {at.InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]):HH:mm}", StringComparison.Ordinal));
}
