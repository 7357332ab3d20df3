using System.Net.Http.Json;
using Parking.Contracts;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests;

/// <summary>A driver objects to a stay on the page, an operator answers, and the driver reads it.</summary>
[Collection<SharedService>]
public sealed class DriverDisputeTests(Chromium chromium, LiveService service)
{
    private const string Letter = "I left ten minutes before that.";

    private static readonly (int, int)[] Sizes = [(390, 844), (360, 640), (1280, 720)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Dispute_GetsANumber_AndItsAnswerIsReadAtTheStay(string language, string theme)
    {
        var driver = language == "en" ? DriverScreen.LinXia : DriverScreen.ZhouMing;
        var (send, open, answered) = language == "en" ? ("Choose what", "open", "answered") : ("请先选择", "处理中", "已答复");
        var stay = await service.ParkAsync(driver);
        await using var screen = await chromium.OpenDriverAsync(service, driver, language, theme);
        await screen.OpenStayAsync(stay);
        await screen.InspectAsync("driver past stay", Sizes);
        await screen.ClickAsync($"#stay-{stay} .object");
        await screen.ClickAsync($"#stay-{stay} [data-part=send]");
        await screen.UntilReadsAsync($"#stay-{stay} .error", send);
        await screen.ClickAsync($"#stay-{stay} [value=price]");
        await screen.TypeAsync($"#stay-{stay} textarea", Letter);
        await screen.InspectAsync("driver dispute form", Sizes);

        await screen.ClickAsync($"#stay-{stay} [data-part=send]");

        await screen.UntilReadsAsync($"#stay-{stay} .cases", Letter);
        await screen.UntilAsync("s => document.activeElement?.matches(s)", $"#stay-{stay} .cases li");
        var opened = Assert.Single(await service.CasesAsync(driver), one => one.Stay == stay);
        Assert.Equal((DisputeReason.Price, Letter, CaseState.Open), (opened.Reason, opened.Text, opened.State));
        await screen.UntilReadsAsync($"#stay-{stay} summary .case", opened.Number);
        await screen.UntilReadsAsync($"#stay-{stay} .cases", open);
        Assert.True(await screen.Page.EvaluateFunctionAsync<bool>("s => document.querySelector(s).hidden", $"#stay-{stay} .object"));
        await screen.InspectAsync("driver dispute open", Sizes);

        await service.AnswerAsync(driver, "You are right: the barrier was slow.");
        await screen.OpenTabAsync("code");
        await screen.OpenTabAsync("stays");

        await screen.UntilReadsAsync($"#stay-{stay} .answer", "You are right: the barrier was slow.");
        await screen.UntilReadsAsync($"#stay-{stay} summary .case", answered);
        await screen.UntilAsync("s => !document.querySelector(s).hidden", $"#stay-{stay} .object");
        await screen.InspectAsync("driver dispute answered", Sizes);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task WhatWasWritten_OutlivesAReload_AndALostConnection_AndIsSentAfterwards()
    {
        var stay = await service.ParkAsync(DriverScreen.LinXia);
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.OpenStayAsync(stay);
        await screen.WriteAsync(stay, Letter);

        await screen.Page.ReloadAsync();
        await screen.UntilAsync("s => !!document.querySelector(s)", $"#stay-{stay} textarea");
        Assert.Equal(Letter, await screen.WrittenAsync(stay));
        Assert.True(await screen.Page.EvaluateFunctionAsync<bool>("s => document.querySelector(s).checked", $"#stay-{stay} [value=price]"));

        await screen.UntilReadsAsync($"#stay-{stay} .total", "¥0");
        await service.CutAsync();
        try
        {
            await screen.UntilReadsAsync($"#stay-{stay} form", "No connection. You can write now and send later.");
            await screen.UntilAsync("s => document.querySelector(s).disabled", $"#stay-{stay} [data-part=send]");
            await screen.TypeAsync($"#stay-{stay} textarea", " Really.");
            Assert.Equal("¥0", await screen.TextOfAsync($"#stay-{stay} .total td"));
        }
        finally
        {
            service.Mend();
        }

        await screen.UntilAsync("s => !document.querySelector(s).disabled", $"#stay-{stay} [data-part=send]");
        await screen.ClickAsync($"#stay-{stay} [data-part=send]");
        await screen.UntilReadsAsync($"#stay-{stay} .cases", $"{Letter} Really.");
        await service.AnswerAsync(DriverScreen.LinXia, "Thank you.");
    }

    /// <summary>The service has opened the case, and its answer is lost. Whoever sends again, or comes back, finds that case.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerThatIsLost_OpensNoSecondCase(bool comesBack)
    {
        var stay = await service.ParkAsync(DriverScreen.LinXia);
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.OpenStayAsync(stay);
        await screen.WriteAsync(stay, Letter);
        await screen.Page.EvaluateExpressionAsync(
            "(() => { const plain = window.fetch; window.fetch = async (url, options) => { const answer = await plain(url, options); "
            + "if (options?.method !== 'POST') { return answer; } window.fetch = plain; throw new TypeError('lost'); }; })()");

        await screen.ClickAsync($"#stay-{stay} [data-part=send]");
        await screen.UntilReadsAsync($"#stay-{stay} .error", "Send it again: it opens one case only");
        Assert.Equal(Letter, await screen.WrittenAsync(stay));
        if (comesBack)
        {
            await screen.Page.ReloadAsync();
        }
        else
        {
            await screen.ClickAsync($"#stay-{stay} [data-part=send]");
        }

        await screen.UntilAsync("s => !!document.querySelector(s)", $"#stay-{stay} .cases li");
        await screen.UntilGoneAsync($"#stay-{stay} form");
        Assert.Single(await service.CasesAsync(DriverScreen.LinXia), one => one.Stay == stay);
        await service.AnswerAsync(DriverScreen.LinXia, "Thank you.");
        await screen.AssertCleanAsync();
    }

    /// <summary>Another phone of the driver was faster.</summary>
    [Fact]
    public async Task StayThatIsDisputedAlready_NamesTheCase_AndKeepsWhatWasWritten()
    {
        var stay = await service.ParkAsync(DriverScreen.ZhouMing);
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await screen.OpenStayAsync(stay);
        await screen.WriteAsync(stay, Letter);
        using var other = service.ClientOf(DriverScreen.ZhouMing);
        var step = DriverDisputes.NewStep();
        var dispute = new DisputeRequest { Id = step, Stay = stay, Reason = DisputeReason.Times, Text = "It was free." };
        using var first = await other.PostAsJsonAsync("/v1/me/cases", dispute, ContractJson.Options, Cancellation);
        first.EnsureSuccessStatusCode();
        var number = Assert.Single(await service.CasesAsync(DriverScreen.ZhouMing), one => one.Stay == stay).Number;

        await screen.ClickAsync($"#stay-{stay} [data-part=send]");

        await screen.UntilReadsAsync($"#stay-{stay} .error", $"Case {number} of this stay is open already.");
        await screen.UntilReadsAsync($"#stay-{stay} .cases", "It was free.");
        Assert.Equal(Letter, await screen.WrittenAsync(stay));
        await service.AnswerAsync(DriverScreen.ZhouMing, "Thank you.");
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData(404, "stay-not-archived", "Try again in a few seconds")]
    [InlineData(409, "too-many-disputes", "You have five open cases")]
    [InlineData(429, "too-many-requests", "Try again in a minute")]
    [InlineData(503, "back-office-unavailable", "what you wrote stays here")]
    public async Task Refusal_IsSaidAtTheForm_AndNothingIsLost(int status, string problem, string words)
    {
        var stay = await service.ParkAsync(DriverScreen.ZhouMing);
        await using var screen = await chromium.OpenDriverAsync(service, DriverScreen.ZhouMing);
        await screen.OpenStayAsync(stay);
        await screen.WriteAsync(stay, Letter);
        await screen.Page.EvaluateFunctionAsync(
            "(status, type) => { const plain = window.fetch; window.fetch = async (url, options) => options?.method === 'POST' "
            + "? new Response(JSON.stringify({ type: `urn:parking:${type}`, status }), "
            + "{ status, headers: { 'Content-Type': 'application/problem+json' } }) : plain(url, options); }",
            status,
            problem);

        await screen.ClickAsync($"#stay-{stay} [data-part=send]");

        await screen.UntilReadsAsync($"#stay-{stay} .error", words);
        Assert.Equal(Letter, await screen.WrittenAsync(stay));
        await screen.UntilAsync("s => !document.querySelector(s).disabled", $"#stay-{stay} [data-part=send]");
    }
}
