using System.Collections.Concurrent;
using System.Text.Json;
using PuppeteerSharp;

namespace Parking.Pages.Tests.Browser;

/// <summary>What a screen is like.</summary>
/// <param name="Origin">The service's origin.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
/// <param name="Theme"><c>dark</c> or <c>light</c>.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
public sealed record ScreenSettings(Uri Origin, string Language = "en", string Theme = "light", int Width = 1280, int Height = 720);

/// <summary>An answer that a page got.</summary>
/// <param name="Path">What it asked for, without the query.</param>
/// <param name="Bytes">The body as it came over the wire, compressed.</param>
public sealed record Transfer(string Path, int Bytes);

/// <summary>
/// A browser window with cookies of its own. It notes every request that leaves the origin, every violation of the content security policy,
/// and every uncaught error; <see cref="AssertCleanAsync"/> fails if there is any. A test ends with it: a screen that did not get there
/// keeps a picture of its window.
/// </summary>
public sealed class Screen : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>How many windows were kept in pictures: a test may have several.</summary>
    private static int _kept;

    private readonly Func<Task> _close;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, (string Path, double HeaderBytes)> _answers = new();
    private readonly ConcurrentQueue<Transfer> _transfers = new();
    private readonly ScreenSettings _settings;
    private bool _isClean;

    private Screen(IPage page, ScreenSettings settings, Func<Task> close) => (Page, _settings, _close) = (page, settings, close);

    public IPage Page { get; }

    /// <summary>Whether PARKING_PICTURES names a folder for pictures of all states, not only of failures.</summary>
    public static bool ArePicturesWanted => PictureFolder is not null;

    private static string? PictureFolder =>
        Environment.GetEnvironmentVariable("PARKING_PICTURES") is { Length: > 0 } named ? named : null;

    /// <summary>The answers since the last <see cref="ForgetTransfers"/>, as they came over the wire.</summary>
    public IReadOnlyCollection<Transfer> Transfers => _transfers;

    public void ForgetTransfers() => _transfers.Clear();

    /// <param name="context">The cookies and the storage.</param>
    /// <param name="settings">What the screen is like.</param>
    /// <param name="close">Closes all of it.</param>
    internal static async Task<Screen> OpenAsync(IBrowserContext context, ScreenSettings settings, Func<Task> close)
    {
        var page = await context.NewPageAsync();
        var screen = new Screen(page, settings, close);
        page.DefaultTimeout = (int)Patience.Limit.TotalMilliseconds;
        await page.SetViewportAsync(new ViewPortOptions { Width = settings.Width, Height = settings.Height });
        await page.SetCookieAsync(
            new CookieParam { Name = "lang", Value = settings.Language, Url = settings.Origin.AbsoluteUri },
            new CookieParam { Name = "theme", Value = settings.Theme, Url = settings.Origin.AbsoluteUri });
        await page.EvaluateFunctionOnNewDocumentAsync(
            "() => { window.violations = []; "
            + "document.addEventListener('securitypolicyviolation', e => violations.push(`${e.violatedDirective} ${e.blockedURI}`)); }");
        page.PageError += (_, e) => screen._faults.Enqueue($"uncaught: {e.Message}");
        page.Request += (_, e) => screen.Note(e.Request);
        page.Client.MessageReceived += (_, e) => screen.Count(e);
        return screen;
    }

    /// <summary>Opens a page of the service and waits until it has loaded.</summary>
    public Task GoAsync(string path) => Page.GoToAsync(new Uri(_settings.Origin, path).AbsoluteUri, WaitUntilNavigation.Load);

    /// <summary>Signs in as one of the development's people, and ends on <paramref name="page"/>.</summary>
    public async Task SignInAsync(string person, string page)
    {
        await GoAsync($"/sign-in?to={page}");
        await ClickAndLoadAsync($"a[href*='person={person}']");
    }

    /// <summary>Clicks a link and waits until its page has loaded.</summary>
    public async Task ClickAndLoadAsync(string selector)
    {
        var loading = Page.WaitForNavigationAsync(new NavigationOptions { WaitUntil = [WaitUntilNavigation.Load] });
        await Page.ClickAsync(selector);
        await loading;
    }

    /// <summary>Waits until a function of the page is true.</summary>
    /// <remarks>The library's own waiting compiles the function in the page, which the content security policy forbids.</remarks>
    public async Task UntilAsync(string function, params object[] values)
    {
        using var limit = Patience.Start();
        while (!await IsTrueAsync(function, values))
        {
            await Task.Delay(LookEvery, limit.Token);
        }
    }

    /// <summary>Types into a field once it takes the focus: what is typed before its place is shown goes nowhere.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        await UntilAsync(
            "s => { const field = document.querySelector(s); field?.focus(); return !!field?.matches(':focus'); }", selector);
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>The text that a person reads in the first element of <paramref name="selector"/>; null if there is none.</summary>
    public Task<string?> TextOfAsync(string selector) =>
        Page.EvaluateFunctionAsync<string?>("s => document.querySelector(s)?.innerText ?? null", selector);

    /// <summary>Saves a picture of the window under <c>TestResults/pictures</c>, or wherever PARKING_PICTURES says.</summary>
    public async Task SaveAsync(string name)
    {
        var folder = PictureFolder ?? Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(
            Path.Combine(folder, $"{name}-{_settings.Language}-{_settings.Theme}.png"),
            new ScreenshotOptions { Type = ScreenshotType.Png });
    }

    /// <summary>Fails if the page did what no page of ours does.</summary>
    public async Task AssertCleanAsync()
    {
        var violations = await Page.EvaluateExpressionAsync<string[]>("window.violations ?? []");
        Assert.Empty(_faults.Concat(violations.Select(violation => $"policy: {violation}")));
        _isClean = true;
    }

    /// <summary>False also while the page is being replaced by another one.</summary>
    private async Task<bool> IsTrueAsync(string function, object[] values)
    {
        try
        {
            // While one document takes the place of another, there may be no frame.
            return Page.MainFrame is { } frame && await frame.EvaluateFunctionAsync<bool>(function, values);
        }
        catch (PuppeteerException e) when (e.Message.Contains("context", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isClean)
        {
            try
            {
                await SaveAsync($"{TestContext.Current.TestMethod?.MethodName ?? "test"}-{Interlocked.Increment(ref _kept)}");
            }
            catch (PuppeteerException)
            {
                // The window is gone: there is no picture to keep.
            }
        }

        await _close();
    }

    private void Note(IRequest request)
    {
        if (Uri.TryCreate(request.Url, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" or "ws" or "wss"
            && address.Authority != _settings.Origin.Authority)
        {
            _faults.Enqueue($"left the origin: {request.Url}");
        }
    }

    /// <summary>Counts by the browser's own figures: the library's answers do not have them.</summary>
    private void Count(MessageEventArgs message)
    {
        var data = message.MessageData;
        switch (message.MessageID)
        {
            case "Network.responseReceived":
                var answer = data.GetProperty("response");
                var path = new Uri(answer.GetProperty("url").GetString()!).AbsolutePath;
                _answers[RequestOf(data)] = (path, BytesOf(answer));
                break;
            case "Network.loadingFinished" when _answers.TryGetValue(RequestOf(data), out var known):
                _transfers.Enqueue(new(known.Path, (int)(BytesOf(data) - known.HeaderBytes)));
                break;
        }

        static string RequestOf(JsonElement data) => data.GetProperty("requestId").GetString()!;

        // So far: at the answer its headers, at the end all of it.
        static double BytesOf(JsonElement data) => data.GetProperty("encodedDataLength").GetDouble();
    }
}
