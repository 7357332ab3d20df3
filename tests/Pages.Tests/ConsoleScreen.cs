using NodaTime;
using NodaTime.Extensions;
using Parking.Pages.Tests.Browser;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>The console before a controller, and drivers whose scans it shows.</summary>
internal static class ConsoleScreen
{
    public const string Controller = "demo-controller";

    private const string TimesFetched =
        "path => performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname === path).length";

    private static readonly Duration TokenLifetime = Duration.FromHours(1);

    /// <summary>Opens the console, signed in and live.</summary>
    public static async Task<Screen> OpenConsoleAsync(
        this Chromium chromium, LiveService service, string language = "en", string theme = "light", string query = "")
    {
        var screen = await chromium.OpenAsync(new(service.Origin, language, theme));
        await screen.SignInAsync(Controller, "/console");
        if (query.Length > 0)
        {
            await screen.GoAsync($"/console{query}");
        }

        await screen.UntilConnectionIsAsync("live");
        return screen;
    }

    public static Task UntilConnectionIsAsync(this Screen screen, string state) =>
        screen.UntilAsync("state => document.body?.dataset.connection === state", state);

    /// <summary>Waits until the table says how many vehicles are at a facility.</summary>
    public static Task UntilShowsAsync(this Screen screen, string facility, string figures) => screen.UntilAsync(
        "(id, text) => document.querySelector(`tr[data-facility='${id}'] [data-part=figures]`)?.textContent === text",
        facility,
        figures);

    /// <summary>How often the page has fetched a path.</summary>
    public static Task<int> TimesFetchedAsync(this Screen screen, string path) =>
        screen.Page.EvaluateFunctionAsync<int>(TimesFetched, path);

    /// <summary>Waits until the page has fetched a path more often than <paramref name="before"/>.</summary>
    public static Task UntilFetchedAgainAsync(this Screen screen, string path, int before) =>
        screen.UntilAsync($"(path, before) => ({TimesFetched})(path) > before", path, before);

    /// <summary>Waits until a stay is in the archive, a moment after it is in the live store.</summary>
    public static Task UntilArchivedAsync(this Screen screen, string stay) =>
        screen.UntilAsync("id => fetch(`/v1/archive/stays/${id}`).then(answer => answer.ok)", stay);

    /// <summary>
    /// Waits until the command in the dialog is obeyed, and gives it again where it came to nothing: on a slow machine it may be too late
    /// when the gate takes it.
    /// </summary>
    /// <param name="screen">The console.</param>
    /// <param name="giveAgain">Opens the dialog and confirms the command.</param>
    public static async Task UntilObeyedAsync(this Screen screen, Func<Task> giveAgain)
    {
        using var limit = Patience.Start();
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            await screen.UntilAsync(
                "() => !!document.querySelector('#command-steps :is([data-step=bad], [data-step=done]:nth-child(3))')");
            if (await screen.Page.EvaluateExpressionAsync<bool>("!document.querySelector('#command-steps [data-step=bad]')"))
            {
                return;
            }

            await screen.Page.ClickAsync("#command-close");
            await giveAgain();
        }
    }

    /// <summary>A number on the screen, once it is known.</summary>
    public static async Task<string> NumberAsync(this Screen screen, string selector)
    {
        await screen.UntilAsync("s => /^\\d/.test(document.querySelector(s)?.textContent)", selector);
        return (await screen.TextOfAsync(selector))!;
    }

    /// <summary>Waits until a number on the screen is not what it was.</summary>
    public static Task UntilMovesAsync(this Screen screen, string selector, string before) =>
        screen.UntilAsync("(s, before) => document.querySelector(s).innerText !== before", selector, before);

    /// <summary>A new code of a citizen, without a vehicle.</summary>
    public static async Task<string> MintAsync(this LiveService service, string citizen)
    {
        using var http = new HttpClient { BaseAddress = service.Origin };
        return (await PhoneOf(service, citizen, http).FetchAsync(null, TestContext.Current.CancellationToken)).Code;
    }

    /// <summary>Takes a citizen's vehicles away, which other tests may have added.</summary>
    public static async Task ForgetVehiclesAsync(this LiveService service, string citizen)
    {
        using var http = new HttpClient { BaseAddress = service.Origin };
        await PhoneOf(service, citizen, http).RegisterAsync([], TestContext.Current.CancellationToken);
    }

    private static CitizenPhone PhoneOf(LiveService service, string citizen, HttpClient http)
    {
        var now = LiveService.Time.ToClock().GetCurrentInstant();
        var token = TokenSigner.Sign(service.Settings.Jwt!, citizen, duties: [], now, TokenLifetime);
        return new(http, citizen, token, LiveService.Time);
    }
}
