using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parking.DevelopmentSignIn;

namespace Parking.Pages.Tests;

/// <summary>The sign-in for development serves the machine that it runs on, and leads back to its own service only.</summary>
public sealed class DevelopmentSignInTests(DevelopmentSignInTests.Server server) : IClassFixture<DevelopmentSignInTests.Server>
{
    private const string Peer = "Test-Peer", Own = "", Elsewhere = "/elsewhere", Evil = "http://evil.example/signed-in";

    [Theory]
    [InlineData("127.0.0.1", Own, "pages", true)]
    [InlineData("::1", Own, "pages", true)]
    [InlineData("192.168.1.7", Own, "pages", false)]
    [InlineData("::ffff:192.168.1.7", Own, "pages", false)]
    [InlineData("fe80::1", Own, "pages", false)]
    [InlineData("127.0.0.1", Evil, "pages", false)]
    [InlineData("127.0.0.1", Elsewhere, "pages", false)]
    [InlineData("127.0.0.1", Own, "another", false)]
    public async Task SignIn_ShowsItsPeople_ToThisMachineAndItsOwnClientAlone(string peer, string redirect, string client, bool isShown)
    {
        using var answer = await AskAsync(peer, redirect, client);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isShown, answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(isShown, page.Contains("operate@district:huangpu", StringComparison.Ordinal));
    }

    /// <summary>A header in which a proxy, or anybody, says that a peer is this machine makes it none.</summary>
    [Fact]
    public async Task ForwardedHeaders_AreIgnored()
    {
        using var answer = await AskAsync("192.168.1.7", Own, "pages", ("X-Forwarded-For", "127.0.0.1"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The demo's proxy for phones puts this header into every request.</summary>
    [Fact]
    public async Task SignIn_OverTheDemosProxy_ShowsDriversOnly()
    {
        using var answer = await AskAsync("127.0.0.1", Own, "pages", ("Demo-Drivers-Only", "true"));

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("demo-driver-1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@", page, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-controller", page, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(
        string peer, string redirect, string client, params IEnumerable<(string Name, string Value)> headers)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = client,
            ["redirect_uri"] = redirect.StartsWith("http", StringComparison.Ordinal)
                ? redirect
                : $"{server.Origin}{(redirect.Length > 0 ? redirect : "/signed-in")}",
            ["response_type"] = "code",
            ["scope"] = "openid profile",
            ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ["code_challenge_method"] = "S256",
        };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, QueryHelpers.AddQueryString($"{server.Origin}/development/sign-in", query));
        foreach (var (name, value) in headers.Append((Peer, peer)))
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The sign-in alone, which takes a header's word for who the peer is.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private readonly WebApplication _app = Build();

        public string Origin => _app.Urls.Single();

        public async ValueTask InitializeAsync() => await _app.StartAsync(TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private static WebApplication Build()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Configuration["Demo:District"] = "huangpu";
            builder.Configuration["Demo:Facility"] = "hsp";
            builder.Services.AddAuthentication();
            builder.Services.AddAuthorization();
            new Startup().Configure(builder.WebHost);
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[Peer].ToString());
                return next(context);
            });
            app.UseAuthentication();
            app.UseAuthorization();
            foreach (var map in app.Services.GetServices<Action<IEndpointRouteBuilder>>())
            {
                map(app);
            }

            return app;
        }
    }
}
