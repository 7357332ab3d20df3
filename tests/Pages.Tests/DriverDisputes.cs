using System.Net.Http.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;
using Parking.Pages.Tests.Browser;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>What drivers and operators do about stays beside the page, over HTTP.</summary>
internal static class DriverDisputes
{
    private static int _step;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A name for a step, another one each time.</summary>
    public static string NewStep() => $"01JTCWB2X0S3K7N5Q8V3{Interlocked.Increment(ref _step):D6}";

    /// <summary>Somebody, with duties or without.</summary>
    public static HttpClient ClientOf(this LiveService service, string code, params string[] duties)
    {
        var now = LiveService.Time.ToClock().GetCurrentInstant();
        var token = TokenSigner.Sign(service.Settings.Jwt!, code, duties, now, Duration.FromMinutes(15));
        return new() { BaseAddress = service.Origin, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
    }

    /// <summary>A driver comes and leaves; the archive has the stay by then. Returns its id.</summary>
    public static async Task<string> ParkAsync(this LiveService service, string driver)
    {
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        await entry.ShowAsync(await service.MintAsync(driver));
        var stay = (await exit.ShowAsync(await service.MintAsync(driver))).Stay!.Id;
        using var phone = service.ClientOf(driver);
        await phone.UntilArchivedAsync(stay);
        return stay;
    }

    public static Task UntilArchivedAsync(this HttpClient phone, string stay) => Patience.UntilAsync(async () =>
    {
        using var answer = await phone.GetAsync($"/v1/me/archive/stays/{stay}", Cancellation);
        return answer.IsSuccessStatusCode;
    });

    public static async Task<IReadOnlyList<MyCase>> CasesAsync(this LiveService service, string driver)
    {
        using var phone = service.ClientOf(driver);
        return (await phone.GetFromJsonAsync<MyCasesAnswer>("/v1/me/cases", ContractJson.ClientOptions, Cancellation))!.Cases;
    }

    /// <summary>Answers every open case of a driver: a citizen may have five of them.</summary>
    public static async Task AnswerAsync(this LiveService service, string driver, string text)
    {
        using var staff = service.ClientOf("disputes-operator", "operate@city");
        foreach (var open in (await service.CasesAsync(driver)).Where(one => one.State == CaseState.Open))
        {
            using var answered = await staff.PostAsJsonAsync(
                $"/v1/cases/{open.Number}/answer",
                new CaseEndRequest { Id = NewStep(), Version = 1, Text = text },
                ContractJson.Options,
                Cancellation);
            answered.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Opens a stay in the tab of stays.</summary>
    public static async Task OpenStayAsync(this Screen screen, string stay)
    {
        await screen.OpenTabAsync("stays");
        await screen.UntilAsync("s => !!document.querySelector(s)", $"#stay-{stay} summary");
        await screen.Page.EvaluateFunctionAsync("s => { document.querySelector(s).open = true; }", $"#stay-{stay}");
        await screen.UntilAsync(
            "s => !document.querySelector(`${s} [data-part=table]`).hidden || !document.querySelector(`${s} [data-part=story]`).hidden",
            $"#stay-{stay}");
    }

    /// <summary>Opens the form of a stay, and writes into it.</summary>
    public static async Task WriteAsync(this Screen screen, string stay, string text)
    {
        await screen.ClickAsync($"#stay-{stay} .object");
        await screen.ClickAsync($"#stay-{stay} [value=price]");
        await screen.TypeAsync($"#stay-{stay} textarea", text);
    }

    /// <summary>Clicks what may still move, for something above it is loading.</summary>
    public static Task ClickAsync(this Screen screen, string selector) =>
        screen.Page.EvaluateFunctionAsync("s => document.querySelector(s).click()", selector);

    public static Task<string> WrittenAsync(this Screen screen, string stay) =>
        screen.Page.EvaluateFunctionAsync<string>("s => document.querySelector(s).value", $"#stay-{stay} textarea");
}
