using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Parking.ScannerSim.Tests.DriverProxy;

/// <summary>A browser on a phone that trusts the private CA and nobody else.</summary>
internal sealed partial class ProxyPhone : IDisposable
{
    private readonly Uri _origin;
    private readonly SocketsHttpHandler _handler;

    /// <param name="origin">What it opens.</param>
    /// <param name="trustsAnyName">
    /// Whether the certificate may be for another host: the client checks it against the header Host.
    /// </param>
    public ProxyPhone(Uri origin, bool trustsAnyName = false)
    {
        _origin = origin;
        _handler = new SocketsHttpHandler { UseProxy = false, CookieContainer = Cookies };
        _handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { TestCertificates.Root },
        };
        if (trustsAnyName)
        {
            _handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) =>
                errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNameMismatch;
        }
        Http = new HttpClient(_handler) { BaseAddress = origin };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    public async Task<HttpResponseMessage> SignInAsync(string person)
    {
        var people = await Http.GetStringAsync("/sign-in?to=/driver", Cancellation);
        var link = PersonLink().Matches(people).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
            .Single(link => link.EndsWith($"person={person}", StringComparison.Ordinal));
        return await Http.GetAsync(link, Cancellation);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, Uri? origin, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin.GetLeftPart(UriPartial.Authority));
        }
        if (token is not null)
        {
            request.Headers.Add("X-Csrf-Token", token);
        }
        return Http.SendAsync(request, Cancellation);
    }

    public async Task<ClientWebSocket> ConnectAsync(string path, Uri origin, Version version)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = version;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Origin", origin.GetLeftPart(UriPartial.Authority));
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(_origin, path)) { Scheme = "wss" }.Uri, Http, Cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("<li><a href=\"([^\"]+)\">")]
    internal static partial Regex PersonLink();
}
