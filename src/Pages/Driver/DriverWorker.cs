using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Parking.Pages.Shared;

namespace Parking.Pages.Driver;

/// <summary>
/// Serves the script of the worker that keeps the drivers' page on a phone: the files and pages of this version, named by their hashes,
/// before <c>worker.js</c>, which does the work. Another version has another script, so that a browser notices it.
/// </summary>
internal static class DriverWorker
{
    /// <summary>Where the files lie that the page uses, in the build's list of assets.</summary>
    private static readonly string[] Folders = ["driver/", "shared/"];

    private static readonly string[] Pages =
    [
        "/driver?lang=zh", "/driver?lang=en",
        "/driver/parts/places?lang=zh", "/driver/parts/places?lang=en",
        "/driver/parts/stays?lang=zh", "/driver/parts/stays?lang=en",
        "/driver/parts/vehicles?lang=zh", "/driver/parts/vehicles?lang=en",
        "/driver/parts/help?lang=zh", "/driver/parts/help?lang=en",
    ];

    /// <summary>Maps the script.</summary>
    /// <param name="routes">Where to map it.</param>
    public static void MapDriverWorker(this IEndpointRouteBuilder routes)
    {
        var script = default(string);
        routes.MapGet("/driver/sw.js", ContentHttpResult (EndpointDataSource endpoints, HttpResponse response) =>
        {
            PageHeaders.SetForWorker(response, scope: "/driver");
            return TypedResults.Text(script ??= ScriptOf(endpoints), "text/javascript", Encoding.UTF8);
        }).ExcludeFromDescription().AllowAnonymous();
    }

    private static string ScriptOf(EndpointDataSource endpoints)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var asset in endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>()))
        {
            if (asset is not null && IsOfThePage(asset) && HashOf(asset) is { } hash)
            {
                files[$"/{asset.Route}"] = hash;
            }
        }

        var named = JsonSerializer.Serialize(files);
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PagesSetup.Build + named)))[..16];
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            const shell = {
              version: '{{version}}',
              build: '{{PagesSetup.Build}}',
              files: {{named}},
              pages: {{JsonSerializer.Serialize(Pages)}},
            };
            importScripts('/driver/worker.js');

            """);
    }

    /// <summary>Whether it is a file of the page, as it is and under its own name: not compressed, and not fingerprinted.</summary>
    private static bool IsOfThePage(StaticAssetDescriptor asset) =>
        asset.Route == asset.AssetPath
        && Path.GetExtension(asset.Route) is not (".br" or ".gz")
        && Array.Exists(Folders, folder => asset.Route.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>A hash as in subresource integrity: <c>sha256-…</c>.</summary>
    private static string? HashOf(StaticAssetDescriptor asset) =>
        asset.Properties.FirstOrDefault(property => property.Name == "integrity")?.Value;
}
