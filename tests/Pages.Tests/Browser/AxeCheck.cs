using Deque.AxeCore.Commons;

namespace Parking.Pages.Tests.Browser;

/// <summary>axe, the library of accessibility rules, run inside a page.</summary>
internal static class AxeCheck
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Fails if axe finds anything on what the page shows now.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="where">What it shows, for the message.</param>
    public static async Task AssertAccessibleAsync(this Screen screen, string where)
    {
        await screen.Page.EvaluateExpressionAsync(Axe);
        var found = await screen.Page.EvaluateFunctionAsync<string[]>(
            "() => axe.run().then(r => r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(', ')}`))");
        Assert.Equal([], found.Select(violation => $"{where}: {violation}"));
    }
}
