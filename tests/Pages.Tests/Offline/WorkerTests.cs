using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>The worker keeps the drivers' page, whole and of one version, and nothing else.</summary>
[Collection<SharedService>]
public sealed class WorkerTests(Chromium chromium, LiveService service)
{
    private const string Changed = "fetch('/driver/menu.js').then(answer => answer.text()).then(text => text.trim().split('\\n').pop())";

    [Fact]
    public async Task KeptPage_OpensWithoutAServer_InTheLanguageAndThemeOfThePerson()
    {
        await using var server = await ShellServer.StartAsync(service);
        await using var screen = await OpenAsync(server);
        server.IsCut = true;
        await screen.Page.EvaluateExpressionAsync("document.cookie = 'lang=zh; path=/'; document.cookie = 'theme=dark; path=/'");

        await screen.GoAsync("/driver");

        await screen.UntilReadsAsync("[data-tab=code]", "停车码");
        Assert.Equal("dark", await screen.Page.EvaluateExpressionAsync<string>("document.documentElement.dataset.theme"));
        await screen.GoAsync("/driver/?lang=en#vehicles");
        await screen.UntilReadsAsync("[data-tab=code]", "Code");
        await screen.UntilAsync("() => document.querySelector('#add')?.checkVisibility()");
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task NewVersion_TakesOverWhenThePageIsOpened_AndNoOtherTabShowsTheOldOne()
    {
        await using var server = await ShellServer.StartAsync(service);
        await using var screen = await OpenAsync(server);
        await using var other = await screen.Page.BrowserContext.NewPageAsync();
        await other.GoToAsync(new Uri(server.Origin, "/driver").AbsoluteUri);
        (server.Version, server.FileVersion) = (2, 2);

        await screen.GoAsync("/driver");
        await UntilWaitsAsync(screen);
        await screen.GoAsync("/driver");

        Assert.Equal(("Version 1", "// version 1"), await VersionsAsync(screen));
        await other.CloseAsync();
        await screen.GoAsync("/driver");
        await screen.UntilAsync("() => document.title === 'Version 2'");
        server.IsCut = true;
        await screen.GoAsync("/driver");
        Assert.Equal(("Version 2", "// version 2"), await VersionsAsync(screen));
        Assert.Equal(1, await screen.Page.EvaluateExpressionAsync<int>("caches.keys().then(all => all.length)"));
        await screen.AssertCleanAsync();
    }

    /// <summary>The service is being updated, file by file or instance by instance.</summary>
    [Fact]
    public async Task VersionThatIsNotWhole_IsNotKept()
    {
        await using var server = await ShellServer.StartAsync(service);
        await using var screen = await OpenAsync(server);
        server.Version = 2;

        var outcome = await screen.Page.EvaluateFunctionAsync<string>("""
            async () => {
              const registration = await navigator.serviceWorker.ready;
              await registration.update();
              const worker = registration.installing;
              await new Promise(resolve => worker.addEventListener('statechange', resolve));
              return worker.state;
            }
            """);

        Assert.Equal("redundant", outcome);
        server.IsCut = true;
        await screen.GoAsync("/driver");
        Assert.Equal(("Version 1", "// version 1"), await VersionsAsync(screen));
        await screen.AssertCleanAsync();
    }

    [Fact]
    public async Task OnlyThePageIsKept()
    {
        await using var screen = await chromium.OpenDriverAsync(service);
        await screen.LinkAsync();
        await screen.GoAsync("/driver");
        await screen.UntilHasCodeAsync();
        await screen.OpenTabAsync("stays");

        var kept = await screen.Page.EvaluateFunctionAsync<string[]>("""
            async () => {
              const all = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()));
              return all.flat().map(request => new URL(request.url).pathname);
            }
            """);

        Assert.Contains("/driver", kept);
        Assert.All(kept, path => Assert.Matches("^/(driver(/.+)?|shared/.+)$", path));
        await screen.AssertCleanAsync();
    }

    private async Task<Screen> OpenAsync(ShellServer server)
    {
        var screen = await chromium.OpenAsync(new(server.Origin));
        await screen.GoAsync("/driver");
        await screen.Page.EvaluateExpressionAsync("void navigator.serviceWorker.register('/driver/sw.js', { scope: '/driver' })");
        await screen.UntilIsKeptAsync();
        return screen;
    }

    private static Task UntilWaitsAsync(Screen screen) =>
        screen.UntilAsync("() => navigator.serviceWorker.ready.then(registration => registration.waiting !== null)");

    /// <summary>Of the page and of one of its files.</summary>
    private static async Task<(string Page, string File)> VersionsAsync(Screen screen) => (
        await screen.Page.EvaluateExpressionAsync<string>("document.title"),
        await screen.Page.EvaluateExpressionAsync<string>(Changed));
}
