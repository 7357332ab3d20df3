using System.Net.Http.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;
using Parking.Pages.Tests.Browser;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>Cases in the console: a stay sent to a person's list, and a citizen's dispute answered.</summary>
[Collection<SharedService>]
public sealed class ConsoleCaseTests(Chromium chromium, LiveService service)
{
    private static readonly (int, int)[] Sizes = [(1600, 900), (1280, 720), (820, 1180)];

    private static int _step;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Stay_IsSentToAList_AndADisputeAnswered_WhichItsCitizenReads(string language, string theme)
    {
        using var citizen = ClientOf($"cases-{language}-{theme}");
        var (stay, dispute) = await DisputeAsync(citizen, $"cases-{language}-{theme}");
        await using var screen = await chromium.OpenConsoleAsync(service, language, theme, $"?view=stays&stay={stay}");
        await screen.UntilAsync(
            "number => document.querySelector('#stay-case-list')?.innerText.includes(number)", dispute.Number);
        await screen.InspectAsync("console stay with a case", Sizes);

        await screen.Page.ClickAsync("#stay-send");
        await screen.TypeAsync("#stay-send-text", "Nobody saw the exit: who was there?");
        await screen.TypeAsync("#stay-send-assignee", "Chen Wei");
        await screen.InspectAsync("console sending a stay", Sizes);
        await screen.Page.ClickAsync("#stay-send-confirm");
        await screen.UntilAsync("() => document.querySelectorAll('#stay-case-list li').length === 2");
        await screen.UntilAsync("() => !document.querySelector('#stay-send-dialog').open");

        await screen.Page.ClickAsync("#views [data-view=cases]");
        await screen.UntilAsync("number => document.querySelector('#case-rows')?.innerText.includes(number)", dispute.Number);
        await screen.UntilAsync("() => document.querySelector('#case-rows tr').hasAttribute('data-mine')");
        await screen.InspectAsync("console cases", Sizes);
        await screen.Page.ClickAsync($"#case-rows a[href$='case={dispute.Number}']");
        await screen.UntilAsync("() => document.querySelectorAll('#case-history li').length === 1");
        Assert.Equal("I left\nat noon.", await screen.TextOfAsync("#case-written"));
        await screen.TypeAsync("#case-text", "You are right.");
        await screen.InspectAsync("console case", Sizes);

        await screen.Page.ClickAsync("#case-answer-form [value=answer]");

        await screen.UntilAsync("() => document.querySelector('#case-answer').innerText === 'You are right.'");
        await screen.UntilAsync("() => document.querySelector('#case-acts').hidden");
        await screen.InspectAsync("console case answered", Sizes);
        var mine = await citizen.GetFromJsonAsync<MyCasesAnswer>("/v1/me/cases", ContractJson.ClientOptions, Cancellation);
        Assert.Equal("You are right.", Assert.Single(mine!.Cases).Answer);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task TypedAnswer_IsKept_WhileTheConnectionIsLost_AndWhenSomebodyElseWasFaster()
    {
        using var citizen = ClientOf("cases-lost");
        using var other = ClientOf("cases-operator", "operate@city");
        var (_, dispute) = await DisputeAsync(citizen, "cases-lost");
        await using var screen = await chromium.OpenConsoleAsync(service, query: $"?view=cases&case={dispute.Number}");
        await screen.UntilAsync("() => document.querySelectorAll('#case-history li').length === 1");
        await screen.TypeAsync("#case-text", "You are right.");

        await service.CutAsync();
        await screen.UntilConnectionIsAsync("lost");
        await screen.UntilAsync("() => [...document.querySelectorAll('#case-acts button')].every(button => button.disabled)");
        var fetched = await screen.TimesFetchedAsync($"/v1/cases/{dispute.Number}");
        service.Mend();
        await screen.UntilConnectionIsAsync("live");
        await screen.UntilAsync("() => !document.querySelector('#case-answer-form [value=answer]').disabled");
        await screen.UntilFetchedAgainAsync($"/v1/cases/{dispute.Number}", fetched);
        Assert.Equal("You are right.", await TypedAsync(screen));

        using var assigned = await other.PostAsJsonAsync(
            $"/v1/cases/{dispute.Number}/assign",
            new CaseAssignRequest { Id = NewStep(), Version = 1, Assignee = "Li Na" },
            ContractJson.Options,
            Cancellation);
        assigned.EnsureSuccessStatusCode();
        await screen.Page.ClickAsync("#case-answer-form [value=answer]");
        await screen.UntilAsync("() => document.querySelector('#case-problem').innerText.startsWith('Somebody else')");
        await screen.UntilAsync("() => document.querySelector('#case-for').innerText === 'It is for Li Na.'");
        Assert.Equal("You are right.", await TypedAsync(screen));

        await screen.Page.ClickAsync("#case-answer-form [value=answer]");
        await screen.UntilAsync("() => document.querySelector('#case-answer').innerText === 'You are right.'");
    }

    /// <summary>A number that was read out over the phone, with or without its hyphen.</summary>
    [Fact]
    public async Task Case_IsFoundByItsNumber_AndGivenToSomebody_AndClosed()
    {
        using var citizen = ClientOf("cases-number");
        var (_, dispute) = await DisputeAsync(citizen, "cases-number");
        await using var screen = await chromium.OpenConsoleAsync(service, query: "?view=cases");
        await screen.UntilAsync(
            "async () => !!(await import('/console/views.js')).shownView() && !!document.querySelector('#cases-form')");
        await screen.TypeAsync("#cases-form [name=number]", dispute.Number.Replace("-", "", StringComparison.Ordinal));
        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.UntilAsync("text => document.querySelector('#case-title').innerText === text", $"Case {dispute.Number}");

        await screen.TypeAsync("#case-assignee", "Li Na");
        await screen.Page.ClickAsync("#case-assign-form button");
        await screen.UntilAsync("() => document.querySelector('#case-for').innerText === 'It is for Li Na.'");
        await screen.TypeAsync("#case-text", "It was opened by mistake.");
        await screen.Page.ClickAsync("#case-answer-form [value=close]");
        await screen.UntilAsync("() => document.querySelector('#case-ended-title').innerText === 'Closed without an answer'");
        await screen.AssertCleanAsync();
    }

    /// <summary>Whoever leaves the case and comes back has it as a whole when the answer's own answer arrives.</summary>
    [Fact]
    public async Task Case_ThatIsLeftAndOpenedAgain_WhileItIsAnswered_IsShownAsAWhole()
    {
        using var citizen = ClientOf("cases-again");
        var (_, dispute) = await DisputeAsync(citizen, "cases-again");
        await using var screen = await chromium.OpenConsoleAsync(service, query: $"?view=cases&case={dispute.Number}");
        await screen.UntilAsync("() => document.querySelectorAll('#case-history li').length === 1");
        await screen.TypeAsync("#case-text", "You are right.");
        await screen.Page.EvaluateFunctionAsync(
            "path => { const [plain, held] = [window.fetch, Promise.withResolvers()]; window.letCaseGo = held.resolve; "
            + "window.fetch = async (url, options) => { if (url === path) { await held.promise; } return plain(url, options); }; }",
            $"/v1/cases/{dispute.Number}");
        await using (await Interception.HoldAsync(screen, $"/v1/cases/{dispute.Number}/answer"))
        {
            await screen.Page.ClickAsync("#case-answer-form [value=answer]");
            await screen.Page.ClickAsync("#views [data-view=cases]");
            await screen.UntilAsync("() => !document.querySelector('#cases').hidden");
            await screen.Page.EvaluateExpressionAsync("history.back()");
            await screen.UntilAsync("() => !document.querySelector('#case').hidden");
        }

        await screen.UntilAsync("() => document.querySelector('#case-answer').innerText === 'You are right.'");
        await screen.UntilAsync("() => document.querySelector('#case-said').innerText !== ''");
        Assert.Equal(1, await screen.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('#case-history li').length"));
        await screen.Page.EvaluateExpressionAsync("window.letCaseGo()");
        await screen.UntilAsync("() => document.querySelectorAll('#case-history li').length === 2");
        await screen.AssertCleanAsync();
    }

    private static Task<string> TypedAsync(Screen screen) =>
        screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#case-text').value");

    private static string NewStep() => $"01JTCWB2X0S3K7N5Q8V1{Interlocked.Increment(ref _step):D6}";

    /// <summary>Somebody comes, leaves, and objects to the stay, as soon as the archive has it.</summary>
    private async Task<(string Stay, MyCase Case)> DisputeAsync(HttpClient citizen, string code)
    {
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        await entry.ShowAsync(await service.MintAsync(code));
        var stay = (await exit.ShowAsync(await service.MintAsync(code))).Stay!.Id;
        var dispute = new DisputeRequest { Id = NewStep(), Stay = stay, Reason = DisputeReason.Times, Text = "I left\nat noon." };
        MyCase? opened = null;
        await Patience.UntilAsync(async () =>
        {
            using var answer = await citizen.PostAsJsonAsync("/v1/me/cases", dispute, ContractJson.Options, Cancellation);
            opened = answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<MyCase>(ContractJson.ClientOptions, Cancellation)
                : null;
            return opened is not null;
        });
        return (stay, opened!);
    }

    private HttpClient ClientOf(string code, params string[] duties)
    {
        var now = LiveService.Time.ToClock().GetCurrentInstant();
        var token = TokenSigner.Sign(service.Settings.Jwt!, code, duties, now, Duration.FromMinutes(15));
        return new() { BaseAddress = service.Origin, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
    }
}
