using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;
using Parking.GateProtocol;
using Parking.Optics.Programs;
using Parking.Pages.Tests.Browser;
using Parking.Pages.Tests.Offline;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>The tab of help: the driver's cases, phones and data.</summary>
[Collection<SharedService>]
public sealed class DriverHelpTests(Chromium chromium, LiveService service)
{
    private const string CaseId = "01JTCWB2X0S3K7N5Q8V2000001", AnswerId = "01JTCWB2X0S3K7N5Q8V2000002";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispute_IsListed_AndItsAnswerIsReadHere()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await OpenHelpAsync(screen);
        var number = await DisputeAsync(screen);
        await ReopenAsync(screen);

        await screen.UntilReadsAsync("#cases .case", $"Case {number}");
        await screen.UntilReadsAsync("#cases .case", "Open");
        await screen.UntilReadsAsync("#cases .case", "People's Square");
        await screen.UntilReadsAsync("#cases .case", "The times are wrong");
        Assert.Equal("I left\nat noon.", await screen.TextOfAsync("#cases .case [data-part=text]"));
        await AnswerAsync(number);
        await ReopenAsync(screen);

        await screen.UntilReadsAsync("#cases .case .answer", "You are right.");
        await screen.UntilReadsAsync("#cases .case", "Answered");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Phone_IsRemovedAtAnotherOne_AndMakesNoCodesThatAreAccepted()
    {
        await using var phone = await chromium.OpenDriverAsync(service);
        await phone.LinkAsync();
        var id = await phone.Page.EvaluateExpressionAsync<string>("localStorage.getItem('parking.device')");
        await using var other = await chromium.OpenDriverAsync(service);
        await OpenHelpAsync(other);
        await other.UntilAsync("() => !!document.querySelector('#devices .device')");
        await other.UntilReadsAsync("#devices .device", "Last used");
        Assert.False(await other.Page.EvaluateExpressionAsync<bool>(
            "[...document.querySelectorAll('#devices [data-part=own]')].some(mark => mark.checkVisibility())"));

        await RemoveFirstAsync(other, "Its codes are refused at once");

        await other.UntilAsync(
            "id => fetch('/v1/me/devices').then(answer => answer.json()).then(list => list.devices.every(device => device.id !== id))", id);
        await phone.GoAsync("/driver");
        await phone.UntilReadsAsync("#offline-note", "are not accepted any more");
        await phone.AssertCleanAsync();
        await other.AssertCleanAsync();
    }

    [Fact]
    public async Task ThisPhone_IsMarked_AndItsRemovalErasesItsKeys_ButNobodyIsSignedOut()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        await OpenHelpAsync(screen);
        await screen.UntilAsync("() => document.querySelector('#devices .device [data-part=own]')?.checkVisibility()");

        await RemoveFirstAsync(screen, "Its keys and codes are erased at once");

        await screen.UntilAsync("() => ![...document.querySelectorAll('#devices [data-part=own]')].some(mark => mark.checkVisibility())");
        Assert.Equal(0, await KeptAsync(screen));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>("caches.keys()"));
        await screen.OpenTabAsync("code");
        await screen.UntilReadsAsync("#link", "Link this phone for use offline");
        await screen.UntilHasCodeAsync();
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task PhoneThatCannotBeRemoved_SaysSo_AndStays()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        await OpenHelpAsync(screen);
        await screen.UntilAsync("() => document.querySelector('#devices .device [data-part=own]')?.checkVisibility()");
        await using (await Interception.RefuseAsync(screen, "/v1/me/devices/"))
        {
            await screen.TapAsync("#devices .device [data-part=remove]");
            await screen.Page.ClickAsync("dialog[open] .danger");
            await screen.UntilReadsAsync("dialog[open] .error", "cannot do this just now");
        }

        Assert.Equal(9, await KeptAsync(screen));
        await screen.Page.ClickAsync("dialog[open] .danger");
        await screen.UntilGoneAsync("dialog[open]");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Export_IsAFile_WithTheVehicleInIt()
    {
        using var folder = new TemporaryFolder();
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.AddVehicleAsync("沪D12345");
        await screen.UntilReadsAsync("#vehicles", "沪D");
        await OpenHelpAsync(screen);
        await screen.Page.Client.SendAsync(
            "Page.setDownloadBehavior",
            new Dictionary<string, object> { ["behavior"] = "allow", ["downloadPath"] = folder.FullPath });

        await screen.TapAsync("#export");

        await screen.UntilReadsAsync("#export-note", "Saved as parking-data-");
        var file = "";
        await Patience.UntilAsync(() => Task.FromResult(
            (file = Directory.EnumerateFiles(folder.FullPath, "parking-data-*.json").FirstOrDefault() ?? "").Length > 0));
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancellation));
        Assert.Contains(
            json.RootElement.GetProperty("vehicles").EnumerateArray(),
            vehicle => vehicle.TryGetProperty("plate", out var plate) && plate.GetString() == "沪D12345");
        await service.ForgetVehiclesAsync(DriverScreen.LinXia);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task ExportThatFails_SaysWhy()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await OpenHelpAsync(screen);
        await using (await Interception.RefuseAsync(screen, "/v1/me/export"))
        {
            await screen.TapAsync("#export");
            await screen.UntilReadsAsync("#export-note", "part of your data cannot be read");
        }

        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Erasing_IsRefusedWhileParked_AndThenLeavesNothing_AndEndsOnTheSignIn()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        var code = await screen.FirstCodeAsync();
        await entry.ShowAsync(code);
        await screen.UntilAsync("() => !!document.querySelector('.stay')");
        await OpenHelpAsync(screen);
        await EraseAsync(screen);
        await screen.UntilReadsAsync("#erase-error", "You are parked");
        Assert.Equal(9, await KeptAsync(screen));
        await screen.TapAsync("#erase-no");
        await screen.OpenTabAsync("code");
        Assert.Equal(ScanReason.Exited, (await exit.ShowAsync(await screen.NextCodeAsync(code))).Reason);
        await screen.UntilGoneAsync(".stay");
        await screen.OpenTabAsync("help");

        await EraseAsync(screen);

        await screen.UntilAsync("() => !!document.querySelector(\"a[href*='person=']\")");
        await screen.GoAsync("/sign-in/failed");
        Assert.Equal(0, await KeptAsync(screen));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>("Object.keys(localStorage)"));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>("Object.keys(sessionStorage)"));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>("caches.keys()"));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>(
            "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"));
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "too-many-requests", "Too many tries")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "store-unavailable", "Probably not erased")]
    public async Task ErasingThatFails_SaysSo_AndErasesNothingHere(HttpStatusCode status, string kind, string words)
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await OpenHelpAsync(screen);
        await using (await Interception.RefuseAsync(screen, "/v1/me", status, kind))
        {
            await EraseAsync(screen);
            await screen.UntilReadsAsync("#erase-error", words);
        }

        Assert.Equal("/driver", await screen.Page.EvaluateExpressionAsync<string>("location.pathname"));
        await screen.AssertCleanAsync();
    }

    /// <summary>A phone that keeps the page has its help in the basement, and says what it cannot know there.</summary>
    [Fact]
    public async Task Help_OpensWithoutANetwork_AndItsListsComeByThemselvesAfterwards()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        await service.CutAsync();
        try
        {
            await screen.GoAsync("/driver#help");
            await screen.UntilReadsAsync(".answers", "The gate does not read the code");
            await screen.UntilReadsAsync("#cases .problem", "Not known without a connection");
            await screen.UntilReadsAsync("#devices .problem", "Not known without a connection");
            await screen.TapAsync("#export");
            await screen.UntilReadsAsync("#export-note", "no connection");
        }
        finally
        {
            service.Mend();
        }

        await screen.UntilAsync("() => document.querySelector('#devices .device [data-part=own]')?.checkVisibility()");
        await screen.UntilGoneAsync("#cases .problem");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task Language_IsChangedHere()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await OpenHelpAsync(screen);

        await screen.TapAsync("#help-place [value=zh]");

        await screen.UntilReadsAsync("#help-title", "帮助");
        await screen.UntilReadsAsync(".answers", "道闸读不出停车码");
        await screen.AssertCleanAsync();
    }

    private static async Task OpenHelpAsync(Screen screen)
    {
        await screen.OpenTabAsync("help");
        await screen.UntilAsync("() => !!document.querySelector('#export')");
        await screen.UntilGoneAsync("#cases[aria-busy], #devices[aria-busy]");
    }

    /// <summary>The lists are read whenever the tab is opened.</summary>
    private static async Task ReopenAsync(Screen screen)
    {
        await screen.OpenTabAsync("code");
        await screen.OpenTabAsync("help");
    }

    private static async Task RemoveFirstAsync(Screen screen, string words)
    {
        await screen.TapAsync("#devices .device [data-part=remove]");
        await screen.UntilReadsAsync("dialog[open]", words);
        await screen.Page.ClickAsync("dialog[open] .danger");
        await screen.UntilGoneAsync("dialog[open]");
    }

    private static async Task EraseAsync(Screen screen)
    {
        await screen.TapAsync("#erase");
        Assert.True(await screen.Page.EvaluateExpressionAsync<bool>("document.querySelector('#erase-yes').disabled"));
        await screen.TapAsync("#erase-sure");
        await screen.TapAsync("#erase-yes");
    }

    private static Task<int> KeptAsync(Screen screen) => screen.CallAsync<int>(
        "vault.js", "({ readVault }) => readVault().then(({ device, certificates }) => (device ? 1 : 0) + certificates.length)");

    /// <summary>The driver comes, leaves, and objects to the stay, as soon as the archive has it.</summary>
    private async Task<string> DisputeAsync(Screen screen)
    {
        using var entry = new DriverGate(service, "hsp-in-1");
        using var exit = new DriverGate(service, "hsp-out-1");
        await entry.ShowAsync(await service.MintAsync(DriverScreen.LinXia));
        var stay = (await exit.ShowAsync(await service.MintAsync(DriverScreen.LinXia))).Stay!.Id;
        string? number = null;
        await Patience.UntilAsync(async () => (number = await screen.Page.EvaluateFunctionAsync<string?>(
            """
            (id, stay) => import('/shared/session.js')
              .then(({ call }) => call('POST', '/v1/me/cases', { id, stay, reason: 'times', text: 'I left\nat noon.' }))
              .then(({ body }) => body.number, () => null)
            """,
            CaseId,
            stay)) is not null);
        return number!;
    }

    private async Task AnswerAsync(string number)
    {
        var now = LiveService.Time.ToClock().GetCurrentInstant();
        var token = TokenSigner.Sign(service.Settings.Jwt!, "help-operator", ["operate@city"], now, Duration.FromMinutes(15));
        using var http = new HttpClient
        {
            BaseAddress = service.Origin,
            DefaultRequestHeaders = { Authorization = new("Bearer", token) },
        };
        using var answered = await http.PostAsJsonAsync(
            $"/v1/cases/{number}/answer",
            new CaseEndRequest { Id = AnswerId, Version = 1, Text = "You are right." },
            ContractJson.Options,
            Cancellation);
        answered.EnsureSuccessStatusCode();
    }
}
