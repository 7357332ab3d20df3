using System.Text.Json;
using Parking.Pages.Tests.Browser;

namespace Parking.Pages.Tests.Offline;

/// <summary>Calls modules of the drivers' page by themselves, in a browser, on a page that has no module of its own.</summary>
internal static class ModuleScreen
{
    /// <summary>Where the modules of codes without a network lie.</summary>
    private const string Folder = "/driver/offline/";

    public static async Task<Screen> OpenModulesAsync(this Chromium chromium, LiveService service)
    {
        var screen = await chromium.OpenAsync(new(service.Origin));
        await screen.GoAsync("/sign-in/failed");
        return screen;
    }

    /// <summary>What a function of a module answers.</summary>
    /// <param name="screen">A page of the service.</param>
    /// <param name="module">The module's file.</param>
    /// <param name="function">What is done with it: <c>(module, ...values) => …</c>.</param>
    /// <param name="values">JSON.</param>
    public static async Task<T> CallAsync<T>(this Screen screen, string module, string function, params object[] values)
    {
        var answer = await screen.Page.EvaluateFunctionAsync<string>(
            $"async (path, values) => JSON.stringify(await ({function})(await import(path), ...JSON.parse(values)) ?? null)",
            Folder + module,
            JsonSerializer.Serialize(values));
        return JsonSerializer.Deserialize<T>(answer, JsonSerializerOptions.Web)!;
    }
}
