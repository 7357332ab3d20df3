using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.Browsers;

/// <summary>A session is valid at every service on the same store with the same <c>Secrets:PagesKey</c>, and nowhere else.</summary>
public sealed class PageKeysTests
{
    private static readonly string OtherKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public async Task Cookie_AfterARestart_IsStillValid()
    {
        using var folder = new TempFolder();
        var cookie = CookieOfService(folder);

        using var again = Service(folder);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(again, cookie));
    }

    [Fact]
    public async Task Cookie_AfterTheKeyWasReplaced_IsNotValid_AndTheServiceMakesNewOnes()
    {
        using var folder = new TempFolder();
        var cookie = CookieOfService(folder);

        using var again = Service(folder, ("Secrets:PagesKey", OtherKey));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(again, cookie));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(again, BrowserCookies.Of(again, "alice-310101")));
        Assert.Contains(again.Log.Lines, line => line.Contains("does not open with Secrets:PagesKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_HoldsTheKeysSealed()
    {
        using var folder = new TempFolder();
        using var app = Service(folder);
        BrowserCookies.Of(app, "alice-310101");

        var key = Assert.Single(await app.Services.GetRequiredService<IPageKeyStore>().LoadAsync());

        Assert.Equal(-1, key.Content.Span.IndexOf("<key"u8));
        Assert.Equal(-1, key.Content.Span.IndexOf("masterKey"u8));
    }

    private static string CookieOfService(TempFolder folder)
    {
        using var app = Service(folder);
        return BrowserCookies.Of(app, "alice-310101");
    }

    private static ParkingApplication Service(TempFolder folder, params IEnumerable<(string, string?)> settings) =>
        new([("Data:Folder", folder.Path), .. settings]);

    private static async Task<HttpStatusCode> AskAsync(ParkingApplication app, string cookie)
    {
        using var client = app.CreateDefaultClient();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await client.GetAsync("/v1/me/stays", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
