using System.Globalization;
using Parking.GateProtocol;
using Parking.Optics.Images;
using Parking.Optics.Readers;
using Parking.Pages.Tests.Browser;
using PuppeteerSharp;
using SkiaSharp;

namespace Parking.Pages.Tests;

/// <summary>The drivers' page on a phone, and what a person sees and does there.</summary>
internal static class DriverScreen
{
    /// <summary>The two drivers of the development sign-in.</summary>
    public const string LinXia = "demo-driver-1", ZhouMing = "demo-driver-2";

    private const int Width = 390, Height = 844;

    /// <summary>What is drawn as the code; null while nothing is.</summary>
    private const string DrawnCode = "() => document.querySelector('#symbol path')?.getAttribute('d') ?? null";

    /// <summary>A phone.</summary>
    public static ScreenSettings Settings(LiveService service, string language = "en", string theme = "light") =>
        new(service.Origin, language, theme, Width, Height);

    /// <summary>Opens the page, signed in, with a code on it.</summary>
    public static async Task<Screen> OpenDriverAsync(
        this Chromium chromium, LiveService service, string driver = LinXia, string language = "en", string theme = "light")
    {
        var screen = await chromium.OpenAsync(Settings(service, language, theme));
        await screen.SignInAsync(driver, "/driver");
        await screen.UntilHasCodeAsync();
        await screen.UntilConnectionIsAsync("live");
        return screen;
    }

    public static Task UntilHasCodeAsync(this Screen screen) => screen.UntilAsync("() => !!document.querySelector('#symbol svg')");

    /// <summary>Waits until an element reads so. A failure says what it reads instead.</summary>
    public static async Task UntilReadsAsync(this Screen screen, string selector, string text)
    {
        try
        {
            await screen.UntilAsync("(s, text) => !!document.querySelector(s)?.innerText.includes(text)", selector, text);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{selector} reads \"{await screen.TextOfAsync(selector)}\", and never \"{text}\".");
        }
    }

    public static Task UntilGoneAsync(this Screen screen, string selector) =>
        screen.UntilAsync("s => !document.querySelector(s)", selector);

    /// <summary>Photographs the symbol and reads it, as a gate does.</summary>
    private static async Task<string?> ReadCodeAsync(this Screen screen)
    {
        await screen.UntilHasCodeAsync();
        await using var symbol = await screen.Page.QuerySelectorAsync("#symbol");
        byte[] png;
        try
        {
            png = await symbol.ScreenshotDataAsync(new ElementScreenshotOptions());
        }
        catch (PuppeteerException)
        {
            // The page moved while its picture was taken: there is nothing to read in it.
            return null;
        }

        using var data = SKData.CreateCopy(png);
        return PictureReaders.Create(PictureReaders.Own, LiveService.Time).Read(PictureFile.Decode(data)!).Text;
    }

    /// <summary>
    /// Presses Escape until the menu is closed: what listens to the key is loaded when the menu opens, a moment later.
    /// </summary>
    public static async Task CloseMenuAsync(this Screen screen)
    {
        using var limit = Patience.Start();
        while (await screen.Page.EvaluateExpressionAsync<bool>("document.querySelector('#menu').open"))
        {
            limit.Token.ThrowIfCancellationRequested();
            await screen.Page.Keyboard.PressAsync("Escape");
        }
    }

    public static Task<string> FirstCodeAsync(this Screen screen) => screen.NextCodeAsync(last: "");

    /// <summary>The code that takes the place of another one.</summary>
    public static async Task<string> NextCodeAsync(this Screen screen, string last)
    {
        using var limit = Patience.Start();
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var drawn = await screen.Page.EvaluateExpressionAsync<string?>($"({DrawnCode})()");
            var code = await screen.ReadCodeAsync();
            if (code == last)
            {
                await screen.UntilAsync($"before => ({DrawnCode})() !== before", drawn!);
            }
            else if (code is not null)
            {
                return code;
            }
        }
    }

    /// <summary>Adds a vehicle; codes name it from then on.</summary>
    public static async Task AddVehicleAsync(this Screen screen, string plate)
    {
        await screen.OpenTabAsync("vehicles");
        await screen.UntilAsync("() => document.querySelector('#add')?.disabled === false");
        await screen.TypeAsync("#plate", plate);
        await screen.TapAsync("#add");
    }

    /// <summary>
    /// Clicks what may lie under the navigation, as a person does: once it is shown, scrolled to the middle, and stands still.
    /// </summary>
    public static async Task TapAsync(this Screen screen, string selector)
    {
        await screen.Page.EvaluateExpressionAsync("delete window.placeOfTap");
        await screen.UntilAsync(
            """
            s => {
              const target = document.querySelector(s), before = window.placeOfTap;
              if (!target?.checkVisibility()) {
                return false;
              }
              target.scrollIntoView({ block: 'center' });
              const { x, y } = target.getBoundingClientRect();
              window.placeOfTap = `${s} ${x} ${y}`;
              return window.placeOfTap === before;
            }
            """,
            selector);
        await screen.Page.ClickAsync(selector);
    }

    /// <summary>What is typed in the form.</summary>
    public static Task<string> PlateAsync(this Screen screen) =>
        screen.Page.EvaluateExpressionAsync<string>("document.querySelector('#plate').value");

    /// <summary>Sends the form with Enter, once its tab is shown.</summary>
    public static async Task SendFormAsync(this Screen screen)
    {
        await screen.TypeAsync("#plate", "");
        await screen.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Opens the newest past stay, which cost this fee.</summary>
    /// <returns>Its lines, as <see cref="LinesOf"/>.</returns>
    public static async Task<string[]> OpenLastStayAsync(this Screen screen, Fee fee)
    {
        await screen.OpenTabAsync("stays");
        await screen.UntilReadsAsync("#stays .past:first-child .sum", Yuan(fee.Total));
        await screen.Page.ClickAsync("#stays .past:first-child summary");
        await screen.UntilReadsAsync("#stays .past:first-child .total", Yuan(fee.Total));
        return await screen.Page.EvaluateExpressionAsync<string[]>(
            "[...document.querySelectorAll('#stays .past:first-child tr:not(.total)')]"
            + ".map(row => `${row.querySelector('th').firstChild.textContent} ${row.querySelector('td').textContent}`)");
    }

    /// <summary>A fee's lines as the page writes them: text and amount.</summary>
    public static IEnumerable<string> LinesOf(Fee fee, string language = "en") =>
        fee.Lines!.Select(line => $"{(language == "zh" ? line.Text.Zh : line.Text.En)} {Yuan(line.Amount)}");

    /// <summary>An amount in fen as the page writes it: without decimals where there are none.</summary>
    public static string Yuan(decimal fen) => (fen < 0 ? "-" : "") + "¥"
        + (Math.Abs(fen) / 100).ToString(fen % 100 == 0 ? "#,0" : "#,0.00######", CultureInfo.InvariantCulture);

    /// <summary>Opens a tab, and waits until it is shown: the browser follows the link a moment after the click.</summary>
    public static async Task OpenTabAsync(this Screen screen, string tab)
    {
        await screen.Page.ClickAsync($"[data-tab={tab}]");
        await screen.UntilAsync("tab => !document.querySelector(`#${tab}-tab`).hidden", tab);
    }
}
