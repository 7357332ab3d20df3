using Deque.AxeCore.Commons;
using PuppeteerSharp;

namespace Parking.Pages.Tests.Browser;

/// <summary>What is looked at in each state of a page: by axe, the library of accessibility rules, and by people in pictures.</summary>
internal static class Inspection
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Languages and themes: each of them once at the quick depth, each with each from <c>full</c> on.</summary>
    public static TheoryData<string, string> Looks => Depth.Name == "quick"
        ? new() { { "en", "light" }, { "zh", "dark" } }
        : new() { { "en", "light" }, { "en", "dark" }, { "zh", "light" }, { "zh", "dark" } };

    /// <summary>For tests that start programs: their first language at the quick depth, all of them from <c>full</c> on.</summary>
    public static IEnumerable<T> InOneLanguageOrAll<T>(params T[] rows) => Depth.Name == "quick" ? rows[..1] : rows;

    /// <summary>
    /// Fails if axe finds anything on what the page shows now. Where PARKING_PICTURES names a folder, it also keeps a picture in each size.
    /// </summary>
    /// <param name="screen">The screen.</param>
    /// <param name="state">What it shows, for messages and pictures.</param>
    /// <param name="sizes">Widths and heights in CSS pixels; none: the window's own.</param>
    public static async Task InspectAsync(this Screen screen, string state, params (int Width, int Height)[] sizes)
    {
        if (!await screen.Page.EvaluateExpressionAsync<bool>("!!window.axe"))
        {
            await screen.Page.EvaluateExpressionAsync(Axe);
        }

        var found = await screen.Page.EvaluateFunctionAsync<string[]>(
            "() => axe.run().then(r => r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(', ')}`))");
        Assert.Equal([], found.Select(violation => $"{state}: {violation}"));
        if (!Screen.ArePicturesWanted)
        {
            return;
        }

        var own = screen.Page.Viewport;
        foreach (var (width, height) in sizes.DefaultIfEmpty((own.Width, own.Height)))
        {
            await screen.Page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
            await screen.SaveAsync($"{state}-{width}");
        }

        await screen.Page.SetViewportAsync(own);
    }
}
