using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>
/// How facilities were used, in the console. The figures are given: a week of a live service takes a week. tests/ParkingApi.Tests has how
/// they come about.
/// </summary>
[Collection<SharedService>]
public sealed class ConsoleUseTests(Chromium chromium, LiveService service)
{
    private const string Days = "from=2026-10-23&to=2026-10-26";

    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    private static readonly LocalDate First = new(2026, 10, 23);

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Facilities_AreListed_AndOneIsOpened_AndEachNumberLeadsToItsStays(string language, string theme)
    {
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme);
        await using (await Interception.AnswerAsync(screen, "/v1/use", Written(City())))
        {
            await screen.GoAsync($"/console?view=use&{Days}");
            await screen.UntilAsync("() => document.querySelectorAll('#use-rows tr:not(.waiting)').length === 2");
            await screen.UntilAsync("() => document.querySelector('#use-rows [data-part=conflicting]').textContent !== '—'");
            await screen.InspectAsync("console use", Sizes);
        }

        Assert.Equal(
            ["800", "2.50", language == "zh" ? "1 小时 23 分" : "1 h 23 min", language == "zh" ? "61%" : "61 %"],
            await CellsAsync(screen, "#use-rows tr:first-child", "exits", "turnover", "p50", "occupancy"));
        Assert.Equal(
            ["—", "—", "—", "—"], await CellsAsync(screen, "#use-rows tr:last-child", "exits", "turnover", "p50", "occupancy"));
        Assert.EndsWith(
            $"/v1/use?{Days}&format=csv", await screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#use-csv').href"));
        await using (await Interception.AnswerAsync(screen, "/v1/facilities/hsp/use", Written(Facility())))
        {
            await screen.Page.ClickAsync("#use-rows a");
            await screen.UntilAsync("() => document.querySelectorAll('#use-days tr').length === 5");
            await screen.UntilAsync("() => document.querySelectorAll('#use-chart rect').length === 24");
            await screen.Page.ClickAsync("#use-hours-table summary");
            await screen.InspectAsync("console use of a facility", Sizes);
        }

        Assert.Equal(
            ["—", "—", "—"], await CellsAsync(screen, "#use-days tr:nth-child(2)", "entries", "turnover", "conflicting"));
        Assert.Equal(["803", "1"], await CellsAsync(screen, "#use-days tr:nth-child(3)", "entries", "conflicting"));
        Assert.Contains("Asia/Shanghai", await screen.TextOfAsync("#use-about"), StringComparison.Ordinal);
        await screen.Page.ClickAsync("#use-days tr:nth-child(3) [data-part=exits]");
        await screen.UntilAsync("() => !document.querySelector('#view-stays').hidden && !!document.querySelector('#stays-form')");
        Assert.Equal(
            "?view=stays&facility=hsp&state=exit&from=2026-10-24T16:00:00.000Z&to=2026-10-25T16:00:00.000Z",
            Uri.UnescapeDataString(await screen.Page.EvaluateExpressionAsync<string>("location.search")));
        await screen.UntilAsync("() => document.querySelector('#stays-form').elements.state.value === 'exit'");
        await screen.UntilAsync("() => !document.querySelector('#stays-rows .waiting')");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Days_AreChosen_AndMoreThanThereMayBeAreNotAskedFor()
    {
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=use");
        await screen.UntilAsync("() => document.querySelectorAll('#use-rows tr:not(.waiting)').length > 5");
        await ChooseAsync(screen, "2026-01-01", "2026-04-03");
        await screen.UntilAsync("() => !document.querySelector('#use-problem').hidden");

        await ChooseAsync(screen, "2026-01-01", "2026-04-02");

        await screen.UntilAsync("() => location.search === '?view=use&from=2026-01-01&to=2026-04-02'");
        await screen.UntilAsync("() => document.querySelector('#use-problem').hidden");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task NextPage_IsAskedForOnce_HoweverOftenSomebodyPresses_AndTheLiveStoreIsNotAsked()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        await using (await Interception.AnswerAsync(screen, "/v1/use", Written(City() with { Next = "yuyuan" })))
        {
            await screen.GoAsync($"/console?view=use&{Days}");
            await screen.UntilAsync("() => document.querySelector('#use-more')?.checkVisibility()");
            Assert.Equal(["12", "0", "34"], await CellsAsync(
                screen, "#use-rows tr:first-child", "provisional", "conflicting", "uncollectable"));
            Assert.True(await screen.Page.EvaluateExpressionAsync<bool>(
                "(() => { const more = document.querySelector('#use-more'); more.click(); return more.disabled; })()"));
            await screen.UntilAsync("() => !document.querySelector('#use-more').disabled");
        }

        Assert.DoesNotContain("/v1/risk", screen.Transfers.Select(transfer => transfer.Path));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task DayOfAFacility_HasLastWeeksBesideIt()
    {
        await using var screen = await chromium.OpenConsoleAsync(service);
        var today = LiveService.Time.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;
        var use = Facility();
        await using (await Interception.AnswerAsync(
            screen, "/v1/facilities/hsp/use", Written(use with { Days = [Day(today.PlusWeeks(-1), 1)] })))
        {
            await screen.GoAsync("/console?facility=hsp");
            await screen.UntilAsync("() => !!document.querySelector('#day .before')");
            await screen.InspectAsync("console facility last week", Sizes);
        }

        Assert.Contains("last week at most", await screen.TextOfAsync("#day-note"), StringComparison.Ordinal);
        await screen.GoAsync("/console?facility=yuyuan");
        await screen.UntilAsync("() => document.querySelector('#day-note').textContent.includes('last week: unknown')");
        await screen.UntilAsync("() => !document.querySelector('#day .before')");
        await screen.AssertCleanAsync();
    }

    private static Task ChooseAsync(Screen screen, string from, string to) => screen.Page.EvaluateFunctionAsync(
        "(from, to) => { const form = document.querySelector('#use-form'); form.elements.from.value = from; form.elements.to.value = to; "
        + "form.requestSubmit(); }",
        from,
        to);

    private static Task<string[]> CellsAsync(
        Screen screen, string row, params string[] parts) => screen.Page.EvaluateFunctionAsync<string[]>(
        "(row, parts) => parts.map(part => document.querySelector(`${row} [data-part=${part}]`).textContent)", row, parts);

    private static string Written<T>(T answer) => JsonSerializer.Serialize(answer, ContractJson.Options);

    private static CityUseAnswer City() => new(
        First,
        First.PlusDays(3),
        [
            new("hsp", "Asia/Shanghai", Facility().Sum, new(Instant.FromUtc(2025, 9, 21, 0, 0), 12, 0, 34)),
            new(
                "yuyuan",
                "Asia/Shanghai",
                new() { Days = 0, Entries = 0, Exits = 0, Provisional = 0, Conflicting = 0, Uncollectable = 0 },
                new(Instant.FromUtc(2025, 9, 21, 0, 0), 0, 1, 0)),
        ],
        null);

    /// <summary>Three days are known, and the last is not.</summary>
    private static FacilityUseAnswer Facility() => new()
    {
        Facility = "hsp",
        TimeZone = "Asia/Shanghai",
        From = First,
        To = First.PlusDays(3),
        Sum = Sum(3),
        Days = [.. Enumerable.Range(0, 3).Select(n => Day(First.PlusDays(n), n / 2.0))],
    };

    private static UseDay Day(LocalDate day, double height)
    {
        var start = day.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).ToInstant();
        return new()
        {
            Day = day,
            Start = start,
            End = start + Duration.FromDays(1),
            AsOf = start + Duration.FromDays(1),
            IsWhole = true,
            Capacity = 320,
            Sum = Sum(1),
            Hours =
            [
                .. Enumerable.Range(0, 24).Select(hour => new UseHour(
                    start + Duration.FromHours(hour), 60, 10 + (height * hour * (24 - hour)), 3 + (height * hour * (24 - hour) / 3.2))),
            ],
            Dwell = [new(75, 90, 500), new(180, 210, 300)],
        };
    }

    private static UseFigures Sum(int days) => new()
    {
        Days = days,
        Entries = 803,
        Exits = 800,
        Turnover = 2.5,
        DwellP50 = new(82.5, 75, 90),
        DwellP90 = new(204, 180, 210),
        OccupancyPercent = 61.4,
        Provisional = 2,
        Conflicting = 1,
        Uncollectable = 4,
    };
}
