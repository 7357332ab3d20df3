using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parking.Pages.Tests.Offline;

/// <summary>
/// Serves the drivers' page as a service of some version does: the files of the built service, of which a version changes one file and the
/// title. It has no API: the page finds that the service cannot be reached.
/// </summary>
internal sealed partial class ShellServer : IAsyncDisposable
{
    /// <summary>A file that every version has with another content.</summary>
    public const string ChangedFile = "/driver/menu.js";

    private static readonly string[] Kept = ["/driver", "/shared", "/sign-in"];

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ShellServer(WebApplication app, HttpClient http) => (_app, _http) = (app, http);

    /// <summary>Which version it is.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Which version the file is of that every version has with another content; in the midst of an update another one.</summary>
    public int FileVersion { get; set; } = 1;

    /// <summary>Whether it breaks every connection off.</summary>
    public bool IsCut { get; set; }

    public Uri Origin => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<ShellServer> StartAsync(LiveService service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ShellServer(app, new HttpClient { BaseAddress = service.Origin });
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (IsCut)
        {
            context.Abort();
        }
        else if (!Array.Exists(Kept, folder => path.StartsWithSegments(folder)))
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
        else
        {
            await ServeAsync(context, path);
        }
    }

    private async Task ServeAsync(HttpContext context, PathString path)
    {
        using var answer = await _http.GetAsync($"{path}{context.Request.QueryString}", context.RequestAborted);
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.Headers.ETag = answer.Headers.ETag?.ToString();
        response.Headers.CacheControl = "no-cache";
        response.Headers["Service-Worker-Allowed"] = "/driver";
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        await response.Body.WriteAsync(await ChangeAsync(path, body), context.RequestAborted);
    }

    private async Task<byte[]> ChangeAsync(PathString path, byte[] body) => path.Value switch
    {
        "/driver" => Replace(body, Title(), $"<title>Version {Version}</title>"),
        ChangedFile => Changed(body, FileVersion),
        "/driver/sw.js" => Replace(
            Replace(body, VersionName(), $"version: '{Version}'"),
            HashOfChangedFile(),
            $"$1\"sha256-{Convert.ToBase64String(SHA256.HashData(Changed(await _http.GetByteArrayAsync(ChangedFile), Version)))}\""),
        _ => body,
    };

    private static byte[] Changed(byte[] body, int version) => [.. body, .. Encoding.UTF8.GetBytes($"// version {version}\n")];

    private static byte[] Replace(byte[] body, Regex what, string by)
    {
        var text = Encoding.UTF8.GetString(body);
        Assert.Matches(what, text);
        return Encoding.UTF8.GetBytes(what.Replace(text, by));
    }

    [GeneratedRegex("<title>.*?</title>")]
    private static partial Regex Title();

    [GeneratedRegex("version: '[0-9a-f]+'")]
    private static partial Regex VersionName();

    [GeneratedRegex("(\"/driver/menu.js\":)\"[^\"]+\"")]
    private static partial Regex HashOfChangedFile();
}
