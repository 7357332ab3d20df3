using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Parking.Api.Hosting.Browsers;
using Parking.Api.Sessions;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Rights;

/// <summary>OpenID Connect Back-Channel Logout 1.0, as the provider sees it.</summary>
public sealed class BackChannelLogoutTests(BackChannelLogoutTests.ServiceWithProvider shared)
    : IClassFixture<BackChannelLogoutTests.ServiceWithProvider>
{
    private const string Issuer = "https://login.example/realms/city", Client = "parking-pages";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private readonly ParkingApplication _app = shared.App;

    /// <summary>Each test has a person of its own.</summary>
    private readonly string _olga = shared.FreshCitizen();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("logout+jwt")]
    [InlineData("JWT")]
    public async Task Logout_EndsThePersonsCookiesAndTokensAtOnce(string type)
    {
        using var browser = Browser();
        using var program = Program();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(browser), await AskAsync(program)));
        var jwt = Jwt();
        jwt.TokenType = type;

        using var answer = await LogOutAsync(TokenOf(jwt));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await AskAsync(browser), await AskAsync(program)));
    }

    /// <summary>A copy of a token that somebody kept ends no later sign-in.</summary>
    [Fact]
    public async Task Logout_Again_LeavesASignInThatCameAfterIt()
    {
        var token = TokenOf(Jwt());
        (await LogOutAsync(token)).Dispose();
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        using var browser = Browser();

        using var again = await LogOutAsync(token);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(browser));
    }

    /// <summary>The cookie of a sign-in says since when it counts: one that came after a logout is none of those that ended.</summary>
    [Fact]
    public async Task SignIn_AfterALogout_CountsUntilTheNextLogout()
    {
        (await LogOutAsync(TokenOf(Jwt()))).Dispose();
        _app.Time.Advance(TimeSpan.FromSeconds(1));

        using var browser = await SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(browser));
        (await LogOutAsync(TokenOf(Jwt()))).Dispose();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(browser));
    }

    public static TheoryData<string> Faults { get; } =
    [
        "another issuer", "another audience", "another key", "unsigned", "expired", "no exp", "no iat", "from the future", "no sub",
        "no events", "another event", "event that is no object", "a nonce", "an identity token",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Logout_WithAnInvalidToken_IsRefusedAndChangesNothing(string fault)
    {
        using var browser = Browser();
        var jwt = Jwt();
        switch (fault)
        {
            case "another issuer":
                jwt.Issuer = "https://evil.example";
                break;
            case "another audience":
                jwt.Audience = "another-client";
                break;
            case "another key":
                jwt.SigningCredentials = shared.OtherKey;
                break;
            case "unsigned":
                jwt.SigningCredentials = null;
                break;
            case "expired":
                jwt.Expires = _app.Time.GetUtcNow().UtcDateTime.AddMinutes(-1);
                break;
            case "no exp":
                jwt.Expires = null;
                break;
            case "no iat":
                jwt.Claims.Remove("iat");
                break;
            case "from the future":
                jwt.Claims["iat"] = _app.Time.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds();
                break;
            case "no sub":
                jwt.Claims.Remove("sub");
                break;
            case "no events":
                jwt.Claims.Remove("events");
                break;
            case "another event":
                jwt.Claims["events"] = new Dictionary<string, object> { [$"{Event}-of-another-kind"] = new Dictionary<string, object>() };
                break;
            case "event that is no object":
                jwt.Claims["events"] = new Dictionary<string, object> { [Event] = "yes" };
                break;
            case "a nonce":
                jwt.Claims["nonce"] = "n";
                break;
            case "an identity token":
                jwt.Claims.Remove("events");
                jwt.Claims["nonce"] = "n";
                jwt.TokenType = "JWT";
                break;
        }

        using var answer = await LogOutAsync(TokenOf(jwt));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "logout-failed");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(browser));
    }

    [Fact]
    public async Task Logout_WithoutAToken_IsRefused()
    {
        using var client = _app.AnonymousClient();
        using var form = new FormUrlEncodedContent([]);
        using var json = new StringContent("{}", null, "application/json");

        using var empty = await client.PostAsync(WithdrawalEndpoints.BackChannelPath, form, Cancellation);
        using var other = await client.PostAsync(WithdrawalEndpoints.BackChannelPath, json, Cancellation);
        using var nothing = await LogOutAsync("not a token");

        Assert.All([empty, other, nothing], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    /// <summary>What the framework's reader of forms rejects is no fault of the service.</summary>
    [Theory]
    [InlineData("multipart/form-data", "")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=logout_token\r\n\r\nx")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "&a", 2000)]
    public async Task Logout_WithAFormThatCannotBeRead_IsRefused(string type, string body, int times = 1)
    {
        using var provider = _app.AnonymousClient();
        using var form = new StringContent(string.Concat(Enumerable.Repeat(body, times)));
        form.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await provider.PostAsync(WithdrawalEndpoints.BackChannelPath, form, Cancellation);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "logout-failed");
    }

    /// <summary>A browser with a cookie that was made for it.</summary>
    private HttpClient Browser() => Browser(BrowserCookies.Of(_app, _olga, "watch@city"));

    private HttpClient Browser(string cookies)
    {
        var client = _app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", cookies);
        return client;
    }

    /// <summary>A browser that has gone to the provider and come back.</summary>
    private async Task<HttpClient> SignInAsync()
    {
        using var leaving = Browser("a=b");
        using var away = await leaving.GetAsync("/sign-in", Cancellation);
        var asked = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        var identity = Jwt();
        identity.TokenType = "JWT";
        identity.Expires = DateTime.UnixEpoch.AddYears(200);
        identity.Claims.Remove("events");
        identity.Claims["nonce"] = asked["nonce"].ToString();
        identity.Claims["duty"] = new[] { "watch@city" };
        shared.IdentityToken = TokenOf(identity);

        using var coming = Browser(CookiesOf(away));
        using var back = await coming.GetAsync(
            $"{SignInSchemes.CallbackPath}?code=any&state={Uri.EscapeDataString(asked["state"].ToString())}", Cancellation);
        Assert.Equal("/driver", back.Headers.Location?.OriginalString);
        return Browser(CookiesOf(back));
    }

    private static string CookiesOf(HttpResponseMessage answer) => string.Join(
        "; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('=')));

    private HttpClient Program()
    {
        var client = _app.AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _app.TokenFor(_olga, ["watch@city"]));
        return client;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/v1/gates", Cancellation);
        return answer.StatusCode;
    }

    /// <summary>As the standard's example (section 2.4).</summary>
    private SecurityTokenDescriptor Jwt() => new()
    {
        Issuer = Issuer,
        Audience = Client,
        TokenType = "logout+jwt",
        Expires = _app.Time.GetUtcNow().UtcDateTime.AddMinutes(2),
        SigningCredentials = shared.Key,
        Claims = new Dictionary<string, object>
        {
            ["sub"] = _olga,
            ["sid"] = "08a5019c-17e1-4977-8f42-65a12843ea02",
            ["jti"] = "bWJq",
            ["iat"] = _app.Time.GetUtcNow().ToUnixTimeSeconds(),
            ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
        },
    };

    private string TokenOf(SecurityTokenDescriptor jwt) =>
        _app.Secrets.Add(new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(jwt));

    private async Task<HttpResponseMessage> LogOutAsync(string token)
    {
        using var provider = _app.AnonymousClient();
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        return await provider.PostAsync(WithdrawalEndpoints.BackChannelPath, form, Cancellation);
    }

    /// <summary>The service, and the keys of a provider that it knows and of one that claims to be it.</summary>
    public sealed class ServiceWithProvider : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256), _otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private int _citizens;

        public ServiceWithProvider()
        {
            var provider = new OpenIdConnectConfiguration
            {
                Issuer = Issuer,
                AuthorizationEndpoint = $"{Issuer}/auth",
                TokenEndpoint = $"{Issuer}/token",
            };
            provider.SigningKeys.Add(Key.Key);
            App = new(
                ("Authentication:Schemes:OpenIdConnect:Authority", Issuer), ("Authentication:Schemes:OpenIdConnect:ClientId", Client))
            {
                Replace = services => services.Configure<OpenIdConnectOptions>(
                    OpenIdConnectDefaults.AuthenticationScheme,
                    options => (options.Configuration, options.BackchannelHttpHandler) = (provider, new TokenEndpoint(this))),
            };
        }

        internal ParkingApplication App { get; }

        /// <summary>What the provider answers to the next code.</summary>
        public string IdentityToken { get; set; } = "";

        public SigningCredentials Key => Credentials(_key);

        public SigningCredentials OtherKey => Credentials(_otherKey);

        public string FreshCitizen() => $"olga-{Interlocked.Increment(ref _citizens):000000}";

        public void Dispose()
        {
            App.Dispose();
            _key.Dispose();
            _otherKey.Dispose();
        }

        private static SigningCredentials Credentials(ECDsa key) =>
            new(new ECDsaSecurityKey(key) { KeyId = "key-1" }, SecurityAlgorithms.EcdsaSha256);

        private sealed class TokenEndpoint(ServiceWithProvider provider) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage
                {
                    Content = JsonContent.Create(
                        new { access_token = "any", token_type = "Bearer", id_token = provider.IdentityToken }),
                });
        }
    }
}
