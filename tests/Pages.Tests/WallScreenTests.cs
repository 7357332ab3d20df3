using System.Net.Http.Headers;
using System.Net.Http.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;
using Parking.Pages.Tests.Browser;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>A wall screen's browser: opened by the link or by typing the code, once.</summary>
[Collection<SharedService>]
public sealed class WallScreenTests(Chromium chromium, LiveService service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Inspection.Looks), MemberType = typeof(Inspection))]
    public async Task Screen_IsOpenedByItsLink_AndByTypingItsCode(string language, string theme)
    {
        var (byLink, typed) = (await NameAsync("linked"), await NameAsync("typed"));
        await using var screen = await chromium.OpenAsync(new(service.Origin, language, theme));

        await screen.GoAsync(new Uri(byLink.Link!).PathAndQuery + new Uri(byLink.Link!).Fragment);
        await screen.UntilConnectionIsAsync("live");
        Assert.Equal("?wall linked", await screen.Page.EvaluateExpressionAsync<string>(
            "`${location.search} ${document.querySelector('#who').textContent}`"));

        // Whoever was signed in here, this screen too, gives way to the next.
        await screen.GoAsync("/sign-in/screen");
        await screen.InspectAsync("wall screen", (1280, 720), (820, 1180));
        await screen.TypeAsync("[name=code]", $"{typed.Code![..5]} {typed.Code[5..]}");
        await screen.Page.ClickAsync("#screen-form button");
        await screen.UntilAsync("() => document.querySelector('#who')?.textContent === 'typed'");
        await screen.UntilConnectionIsAsync("live");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task CodeThatWasUsed_IsRefused_AndTheFormStays()
    {
        var named = await NameAsync("once");
        await using var first = await chromium.OpenAsync(new(service.Origin, "en"));
        await first.GoAsync(new Uri(named.Link!).PathAndQuery + new Uri(named.Link!).Fragment);
        await first.UntilConnectionIsAsync("live");
        await using var second = await chromium.OpenAsync(new(service.Origin, "en"));

        await second.GoAsync(new Uri(named.Link!).PathAndQuery + new Uri(named.Link!).Fragment);

        await second.UntilAsync("() => !document.querySelector('#screen-problem').hidden");
        Assert.Contains("works once", await second.TextOfAsync("#screen-problem"), StringComparison.Ordinal);
        Assert.Equal("", await second.Page.EvaluateExpressionAsync<string>("location.hash"));
    }

    private async Task<ScreenCodeAnswer> NameAsync(string name)
    {
        var now = LiveService.Time.ToClock().GetCurrentInstant();
        using var http = new HttpClient { BaseAddress = service.Origin };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", TokenSigner.Sign(service.Settings.Jwt!, "wall-admin", ["admin@city"], now, Duration.FromMinutes(15)));
        var id = string.Concat(Guid.CreateVersion7().ToByteArray(bigEndian: true).Select(value => $"{value:X2}"))[..25];
        using var answer = await http.PostAsJsonAsync(
            "/v1/screens", new ScreenRequest { Id = $"0{id}", Name = name, Scope = "city" }, ContractJson.Options, Cancellation);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ScreenCodeAnswer>(ContractJson.Options, Cancellation))!;
    }
}
