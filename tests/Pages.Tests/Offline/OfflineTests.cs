using NodaTime.Extensions;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.GateProtocol;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>A phone is linked, its network is cut, and the page is opened: it shows a code that gates take.</summary>
public sealed class OfflineTests(Chromium chromium, LiveService service) : IClassFixture<LiveService>, IAsyncLifetime
{
    private const string OfflineModule = "offline.js";

    private const string NoteWhenCodeIsShown = """
        () => {
          const observer = new MutationObserver(() => {
            if (document.querySelector('#symbol svg')) {
              window.shownAfter = performance.now();
              observer.disconnect();
            }
          });
          observer.observe(document, { childList: true, subtree: true });
        }
        """;

    private CodeVerifier? _verifier;

    public async ValueTask InitializeAsync()
    {
        using var http = new HttpClient { BaseAddress = service.Origin };
        var cancellation = TestContext.Current.CancellationToken;
        var codes = await http.GetByteArrayAsync("/.well-known/jwks.json", cancellation);
        var certificates = await http.GetByteArrayAsync("/.well-known/certificate-jwks.json", cancellation);
        _verifier = new(PublicKeySet.FromJwks(codes), certificateKeys: PublicKeySet.FromJwks(certificates, KeyUse.Certificates));
    }

    /// <summary>The next test finds the line mended, also after one that failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await service.CutAsync();
        service.Mend();
    }

    [Fact]
    public async Task LinkedPhone_ReloadedWithoutANetwork_ShowsACodeOfItsOwn()
    {
        await using var screen = await OpenLinkedAsync();
        await screen.Page.EvaluateFunctionOnNewDocumentAsync(NoteWhenCodeIsShown);
        await service.CutAsync();

        await screen.GoAsync("/driver");
        await screen.UntilHasOwnCodeAsync();

        AssertTaken(await screen.FirstCodeAsync());
        var took = await screen.Page.EvaluateExpressionAsync<double>("window.shownAfter");
        TestContext.Current.TestOutputHelper!.WriteLine($"The code was shown {took:0} ms after the page was asked for.");
        service.Mend();
        await screen.UntilReadsAsync("#code-note", "New code in");
        await screen.AssertCleanAsync();
    }

    /// <summary>Phone and gate lose the service, and the gate asks again later: with codes that the phone made meanwhile.</summary>
    [Fact]
    public async Task CodesOfThePhone_OpenGates()
    {
        await using var screen = await OpenLinkedAsync();
        await service.CutAsync();
        await screen.GoAsync("/driver");
        await screen.UntilHasOwnCodeAsync();
        var code = await screen.FirstCodeAsync();
        using var entry = new DriverGate(service, "hsp-in-1");
        service.Mend();

        var entered = await entry.ShowAsync(code);

        Assert.Equal(ScanReason.Entered, entered.Reason);
        await screen.UntilAsync("() => !!document.querySelector('.stay')");
        using var exit = new DriverGate(service, "hsp-out-1");
        Assert.Equal(ScanReason.Exited, (await exit.ShowAsync(await screen.NextCodeAsync(code))).Reason);
        await screen.AssertCleanAsync();
    }

    /// <summary>There is a network, but no answer comes: as deep in a car park.</summary>
    [Fact]
    public async Task ServiceThatDoesNotAnswer_IsNotWaitedFor()
    {
        await using var screen = await OpenLinkedAsync();
        await using (await Interception.HoldAsync(screen, "/v1/"))
        {
            await screen.GoAsync("/driver");
            await screen.UntilHasOwnCodeAsync();
            AssertTaken(await screen.FirstCodeAsync());
        }

        await screen.UntilReadsAsync("#code-note", "New code in");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task NewVehicle_GetsCertificates()
    {
        await using var screen = await OpenLinkedAsync();

        await screen.AddVehicleAsync("沪A54321");

        await screen.UntilAsync("""
            () => import('/driver/offline/vault.js').then(({ readVault }) => readVault()).then(({ certificates }) =>
              certificates.length === 8 && certificates.every(one => one.plate === '沪A54321'))
            """);
        await screen.OpenTabAsync("code");
        await screen.UntilReadsAsync("#offline-note", "Works offline until");
        await service.CutAsync();
        await screen.GoAsync("/driver");
        await screen.UntilHasOwnCodeAsync();
        await screen.UntilReadsAsync("#code-plate", "沪A·54321");
        AssertTaken(await screen.FirstCodeAsync());
        service.Mend();
        await service.ForgetVehiclesAsync(DriverScreen.LinXia);
        await screen.AssertCleanAsync();
    }

    /// <summary>The page stays open: the code that the service made gives way when it is due.</summary>
    [Fact]
    public async Task LinkedPhone_WhoseNetworkGoes_GoesOnWithCodesOfItsOwn()
    {
        await using var screen = await OpenLinkedAsync();
        await service.CutAsync();
        await screen.UntilAsync("() => !document.querySelector('#lost').hidden");

        // Half a minute goes by.
        await screen.Page.EvaluateExpressionAsync(
            "{ const now = performance.now.bind(performance); performance.now = () => now() + 31_000; }");

        await screen.UntilHasOwnCodeAsync();
        await screen.AssertCleanAsync();
    }

    /// <summary>The offset was learnt while there was a network.</summary>
    [Theory]
    [InlineData(20, "20 min fast")]
    [InlineData(-20, "20 min slow")]
    public async Task WrongClock_IsNamed_AndCodesAreRight(int minutes, string words)
    {
        await using var screen = await OpenLinkedAsync(minutes);
        await screen.UntilReadsAsync("#clock-note", words);
        await service.CutAsync();

        await screen.GoAsync("/driver");
        await screen.UntilHasOwnCodeAsync();

        await screen.UntilReadsAsync("#clock-note", words);
        AssertTaken(await screen.FirstCodeAsync());
        await screen.AssertCleanAsync();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task ClockThatIsSet_WhileThePageIsOpen_IsNotTrusted_UntilThereIsANetwork(int minutes)
    {
        await using var screen = await OpenLinkedAsync();
        await service.CutAsync();
        await screen.GoAsync("/driver");
        await screen.UntilHasOwnCodeAsync();
        await screen.UntilAsync("() => document.querySelector('#clock-note').innerText === ''");

        await screen.SetAheadAsync(minutes);

        await screen.UntilReadsAsync("#clock-note", "This phone's clock was changed");
        service.Mend();
        await screen.UntilReadsAsync("#clock-note", minutes > 0 ? "20 min fast" : "20 min slow");
        await screen.AssertCleanAsync();
    }

    /// <summary>The code has expired by the steady clock, and by the clock that was set back it has only just been made.</summary>
    [Fact]
    public async Task ClockThatIsSetBack_LeavesNoExpiredCodeOnTheScreen()
    {
        await using var screen = await OpenLinkedAsync();
        await service.CutAsync();
        await screen.GoAsync("/driver");
        await screen.UntilHasOwnCodeAsync();
        var code = await screen.CallAsync<string>("../code.js", "({ codeText }) => codeText()");

        await screen.Page.EvaluateExpressionAsync(
            "{ const now = performance.now.bind(performance); performance.now = () => now() + 61_000; }");
        await screen.SetAheadAsync(minutes: -20);

        await screen.UntilAsync(
            "code => import('/driver/code.js').then(({ codeText }) => codeText() !== code)", code);
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task ClockThatIsSet_WithANetwork_IsNamedAfterTheNextCode()
    {
        await using var screen = await OpenLinkedAsync();

        await screen.SetAheadAsync(minutes: 20);
        await screen.CallAsync<object?>("../code.js", "({ renew }) => { renew(); }");

        await screen.UntilReadsAsync("#clock-note", "20 min fast");
        await screen.AssertCleanAsync();
    }

    /// <summary>Eight passages: each with a certificate and a key of its own. The ninth has to take the last again.</summary>
    [Fact]
    public async Task EachPassage_HasACertificateOfItsOwn_AsLongAsThereAreAny()
    {
        await using var screen = await OpenLinkedAsync();
        await service.CutAsync();
        var plate = await screen.Page.EvaluateExpressionAsync<string?>("localStorage.getItem('parking.vehicle')");

        var codes = new List<CodeCheck>();
        for (var passage = 0; passage < 9; passage++)
        {
            var shown = await screen.CallAsync<string[]>(OfflineModule, """
                async ({ make, passed }, plate) => {
                  const codes = [(await make(plate)).text, (await make(plate)).text];
                  await passed();
                  return codes;
                }
                """, plate!);
            var checks = shown.Select(AssertTaken).ToList();
            Assert.Equal(checks[0].Certificate, checks[1].Certificate);
            codes.Add(checks[0]);
        }

        Assert.Equal(8, codes.Select(code => code.Certificate!.Value.Id).Distinct().Count());
        Assert.Equal(codes[7].Certificate, codes[8].Certificate);
        await screen.UntilReadsAsync("#offline-note", "the last one is shown again");
        service.Mend();
        await screen.UntilReadsAsync("#offline-note", "Works offline until");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task LostKeys_AreNoticed_AndOneTapLinksThePhoneAgain()
    {
        await using var screen = await OpenLinkedAsync();
        var lost = await screen.Page.EvaluateExpressionAsync<string>("localStorage.getItem('parking.device')");
        await screen.CallAsync<object?>("vault.js", "({ emptyVault }) => emptyVault()");

        await screen.GoAsync("/driver");

        await screen.UntilReadsAsync("#offline-note", "lost its keys");
        await screen.LinkAsync();
        await screen.UntilAsync(
            "lost => fetch('/v1/me/devices').then(answer => answer.json()).then(list => list.devices.every(device => device.id !== lost))",
            lost);
        await screen.AssertCleanAsync();
    }

    /// <summary>
    /// A service that has lost the device says the same, and gates may still take its codes: they go when one refuses.
    /// </summary>
    [Fact]
    public async Task RemovedPhone_IsTold_AndIsLinkedAgainByATap()
    {
        await using var screen = await OpenLinkedAsync();
        await screen.RemoveDeviceAsync();

        await screen.GoAsync("/driver");

        await screen.UntilReadsAsync("#offline-note", "are not accepted any more");
        Assert.Equal(9, await KeptAsync(screen));
        await screen.CallAsync<object?>(OfflineModule, "({ refused }) => refused()");
        Assert.Equal(1, await KeptAsync(screen));
        await screen.LinkAsync();
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task SigningOut_LeavesNothingBehind()
    {
        await using var screen = await OpenLinkedAsync();

        await screen.Page.ClickAsync("#menu summary");
        await screen.UntilAsync("() => document.querySelector('#sign-out').checkVisibility()");

        // What listens to the click is loaded when the menu opens, a moment later.
        await screen.Page.EvaluateExpressionAsync("import('/driver/menu.js').then(() => null)");
        await screen.Page.ClickAsync("#sign-out");

        await screen.UntilAsync("() => !!document.querySelector(\"a[href*='person=']\")");
        await screen.GoAsync("/sign-in/failed");
        Assert.Equal(0, await KeptAsync(screen));
        Assert.Equal(["parking.clock"], await screen.Page.EvaluateExpressionAsync<string[]>("Object.keys(localStorage)"));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>("caches.keys()"));
        Assert.Empty(await screen.Page.EvaluateExpressionAsync<string[]>(
            "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"));
        await screen.AssertCleanAsync();
    }

    private static Task<int> KeptAsync(Screen screen) => screen.CallAsync<int>(
        "vault.js", "({ readVault }) => readVault().then(({ device, certificates }) => (device ? 1 : 0) + certificates.length)");

    private async Task<Screen> OpenLinkedAsync(int minutesAhead = 0)
    {
        var screen = await chromium.OpenAsync(DriverScreen.Settings(service));
        await screen.MakeFastAsync(minutesAhead);
        await screen.SignInAsync(DriverScreen.LinXia, "/driver");
        await screen.UntilHasCodeAsync();
        await screen.LinkAsync();
        return screen;
    }

    /// <summary>The code is taken now, by a verifier that has what the service publishes, and nothing else.</summary>
    private CodeCheck AssertTaken(string code)
    {
        Assert.StartsWith(DeviceCodeFormat.Prefix, code, StringComparison.Ordinal);
        var check = _verifier!.Verify(code, LiveService.Time.ToClock().GetCurrentInstant());
        Assert.Equal(CodeRefusal.None, check.Refusal);
        return check;
    }
}
