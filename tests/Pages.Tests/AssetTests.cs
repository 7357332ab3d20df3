using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Parking.Optics.Programs;
using Parking.Simulation.Service;

namespace Parking.Pages.Tests;

/// <summary>
/// Every style, module and picture of the pages comes with content, in each way in which the service runs. Outside Development the
/// framework serves empty files if its assets are not set up.
/// </summary>
[Collection<SharedService>]
public sealed partial class AssetTests(LiveService development)
{
    private static readonly string Pages = Path.Combine(Repository.Root, "src", "Pages", "wwwroot");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task BuiltService_InDevelopment_ServesEveryAsset() => AssertServedAsync(development.Origin);

    [Fact]
    public async Task BuiltService_InASimulation_ServesEveryAsset()
    {
        using var folder = new TemporaryFolder();
        await using var service = await LiveService.StartAsync(
            new ServiceLaunch(folder.FullPath, new Dictionary<string, string>()) { Environment = "Simulation" });

        await AssertServedAsync(service.BaseAddress);
    }

    [Fact]
    public async Task PublishedService_ServesEveryAsset_AndHasNoSignInForDevelopment()
    {
        using var published = new TemporaryFolder();
        await PublishAsync(published.FullPath);
        using var data = new TemporaryFolder();
        await using var service = await LiveService.StartAsync(new ServiceLaunch(data.FullPath, new Dictionary<string, string>())
        {
            Assembly = Path.Combine(published.FullPath, "ParkingApi.dll"),
        });

        await AssertServedAsync(service.BaseAddress);
        using var http = Client(service.BaseAddress);
        using var signIn = await http.GetAsync("/sign-in?to=/driver", Cancellation);
        using var metadata = await http.GetAsync("/development/openid-configuration", Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (signIn.StatusCode, metadata.StatusCode));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(published.FullPath, "*", SearchOption.AllDirectories),
            file => file.Contains("OpenIddict", StringComparison.OrdinalIgnoreCase)
                || file.Contains("DevelopmentSignIn", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Every file, and every file that a page names.</summary>
    private static async Task AssertServedAsync(Uri origin)
    {
        using var http = Client(origin);
        var assets = Directory.EnumerateFiles(Pages, "*", SearchOption.AllDirectories)
            .Select(file => "/" + Path.GetRelativePath(Pages, file).Replace('\\', '/'))
            .ToHashSet();
        Assert.NotEmpty(assets);
        foreach (var page in new[] { "/console", "/driver" })
        {
            var html = await http.GetStringAsync(page, Cancellation);
            assets.UnionWith(NamedFile().Matches(html).Select(match => match.Groups[1].Value));
        }

        foreach (var asset in assets)
        {
            var plain = await GetAsync(http, asset, encoding: null);
            Assert.NotEmpty(plain);
            Assert.Equal(plain, await GetAsync(http, asset, "br"));
        }

        await AssertKeptAsync(http, assets.Where(asset => asset.StartsWith("/driver/", StringComparison.Ordinal)));
    }

    /// <summary>The worker that keeps the drivers' page names each of its files, and its hash.</summary>
    private static async Task AssertKeptAsync(HttpClient http, IEnumerable<string> assets)
    {
        var worker = (await http.GetStringAsync("/driver/sw.js", Cancellation)).Replace("\\u002B", "+", StringComparison.Ordinal);
        foreach (var asset in assets)
        {
            var hash = Convert.ToBase64String(SHA256.HashData(await GetAsync(http, asset, encoding: null)));
            Assert.Contains($"\"{asset}\":\"sha256-{hash}\"", worker, StringComparison.Ordinal);
        }
    }

    /// <summary>A file as it is after decompression.</summary>
    private static async Task<byte[]> GetAsync(HttpClient http, string asset, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, asset);
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.Add(new(encoding));
        }

        using var answer = await http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{asset}: {(int)answer.StatusCode}");
        await using var content = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using var plain = answer.Content.Headers.ContentEncoding.Contains("br")
            ? new BrotliStream(content, CompressionMode.Decompress)
            : content;
        using var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }

    private static async Task PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo(ServiceLocation.FindDotnet())
        {
            ArgumentList =
            {
                "publish", Path.Combine(Repository.Root, "src", "ParkingApi"), "--no-build", "--configuration", "Debug", "--output", folder,
            },
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync(Cancellation);
        await publish.WaitForExitAsync(Cancellation);
        Assert.True(publish.ExitCode == 0, said);
    }

    private static HttpClient Client(Uri origin) =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = origin };

    [GeneratedRegex("(?:href|src)=\"(/[^\"?]+\\.[a-z]+)\"")]
    private static partial Regex NamedFile();
}
