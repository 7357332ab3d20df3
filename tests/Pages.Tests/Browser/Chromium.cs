using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(Parking.Pages.Tests.Browser.Chromium))]

namespace Parking.Pages.Tests.Browser;

/// <summary>One chromium for all tests, started at its first use. Each <see cref="Screen"/> has cookies and storage of its own.</summary>
/// <remarks>The program without windows is preferred: the same engine takes a sixth less of the processor.</remarks>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private readonly SemaphoreSlim _starting = new(1);

    private IBrowser? _browser;

    /// <summary>Opens a screen. The test is skipped if no chromium is installed.</summary>
    public async Task<Screen> OpenAsync(ScreenSettings settings)
    {
        var context = await (await StartAsync()).CreateBrowserContextAsync();
        return await Screen.OpenAsync(context, settings, context.CloseAsync);
    }

    /// <summary>
    /// Opens a screen in a browser of its own, whose storage stays in a folder: the browser ends with the screen, and the next one finds
    /// what this one has kept.
    /// </summary>
    /// <param name="settings">What the screen is like.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="more">Further arguments of the browser.</param>
    public static async Task<Screen> OpenProfileAsync(ScreenSettings settings, string folder, params IEnumerable<string> more)
    {
        var browser = await LaunchAsync(folder, more);
        return await Screen.OpenAsync(browser.DefaultContext, settings, () => browser.DisposeAsync().AsTask());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _browser ??= await LaunchAsync(folder: null);
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task<IBrowser> LaunchAsync(string? folder, params IEnumerable<string> more)
    {
        var program = Find();
        Assert.SkipWhen(program is null, "chromium is not installed (apt-get install chromium-headless-shell fonts-wqy-microhei).");
        return await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = program,
            UserDataDir = folder,
            Headless = true,
            Timeout = (int)Patience.Limit.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--no-first-run", "--disable-dev-shm-usage", .. more,
            ],
        });
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
