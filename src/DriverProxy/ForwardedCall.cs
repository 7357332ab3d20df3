using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Parking.DriverProxy;

/// <summary>
/// Makes a call of a phone one of this machine's: the service has one origin, on a loopback address, which hosts, origins and redirects
/// must equal. Its answer gets the phone's origin again.
/// </summary>
/// <param name="phones">The origin that phones know, without a slash at its end.</param>
/// <param name="service">The service's origin, without a slash at its end.</param>
internal sealed class ForwardedCall(string phones, string service) : HttpTransformer
{
    /// <summary>Tells the development sign-in that only drivers may sign in. Its own file says the same.</summary>
    public const string DriversOnly = "Demo-Drivers-Only";

    private const string Secure = "; secure";

    /// <summary>What a phone may not tell the service: another time, address or scheme, and what the proxy says itself.</summary>
    private static readonly string[] NotPassedOn =
        ["Simulation-Time", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", DriversOnly];

    private readonly bool _isEncrypted = phones.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        headers.Host = null;
        headers.Referrer = null;

        // The page is known by its cookie. Other programs do not come this way.
        headers.Authorization = null;
        foreach (var name in NotPassedOn)
        {
            headers.Remove(name);
        }
        headers.Add(DriversOnly, "true");
        if (headers.Remove(HeaderNames.Origin))
        {
            headers.Add(HeaderNames.Origin, service);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var hasBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        if (headers.Location.ToString() is var location && location.StartsWith($"{service}/", StringComparison.Ordinal))
        {
            headers.Location = $"{phones}{location[service.Length..]}";
        }
        if (_isEncrypted && headers.SetCookie.Count > 0)
        {
            headers.SetCookie = headers.SetCookie.Select(cookie => IsSecure(cookie!) ? cookie : cookie + Secure).ToArray();
        }
        return hasBody;
    }

    /// <summary>The service leaves the mark out of the antiforgery token's cookie, since it believes to be on http.</summary>
    private static bool IsSecure(string cookie) =>
        cookie.Split(';', StringSplitOptions.TrimEntries).Contains("secure", StringComparer.OrdinalIgnoreCase);
}
