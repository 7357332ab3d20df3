using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Net.Http.Headers;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Problems;

namespace Parking.Api.Hosting.Browsers;

/// <summary>
/// Refuses requests that a foreign site makes a browser send. It applies to requests that the cookie authenticates: a browser adds the
/// cookie to them by itself. Requests with an Authorization header are not concerned.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, PageOrigin origin, IAntiforgery antiforgery)
{
    public static readonly ProblemKind ForeignHost = new(
        "foreign-host",
        StatusCodes.Status421MisdirectedRequest,
        "The pages have another address");

    public static readonly ProblemKind ForeignOrigin = new(
        "foreign-origin",
        StatusCodes.Status403Forbidden,
        "The request comes from another site",
        "With the cookie, only the service's own pages may call. Other programs send Authorization: Bearer ….");

    public static readonly ProblemKind InvalidCsrfToken = new(
        "invalid-csrf-token",
        StatusCodes.Status403Forbidden,
        "The header X-Csrf-Token is missing or wrong",
        "Get a token from GET /v1/session and send it with every call other than GET and HEAD. Reload the page.");

    /// <summary>Where only browsers go. DNS rebinding must not reach the pages, so these paths need the exact host.</summary>
    private static readonly PathString[] PagePaths =
        ["/console", "/driver", "/sign-in", "/sign-out", SignInSchemes.CallbackPath, "/development", "/demo"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (await RefuseAsync(context) is { } problem)
        {
            await problem.ToResult(problem == ForeignHost ? $"Open them at {origin.Text}." : null).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<ProblemKind?> RefuseAsync(HttpContext context)
    {
        var request = context.Request;
        var hasCookie = context.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
        if ((hasCookie || Array.Exists(PagePaths, path => request.Path.StartsWithSegments(path))) && !origin.IsHostOf(request))
        {
            return ForeignHost;
        }

        // Behind a proxy that ends TLS, the request looks like http. The origin says what the browser used.
        request.Scheme = origin.IsHostOf(request) ? origin.Value.Scheme : request.Scheme;
        if (!hasCookie)
        {
            return null;
        }

        var isHub = request.Path.StartsWithSegments(PeopleTokens.HubPath);
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isSafe && !isHub)
        {
            return null;
        }

        if (request.Headers[HeaderNames.Origin] != origin.Text)
        {
            return ForeignOrigin;
        }

        // A hub's connection begins with GET, and the WebSocket protocol cannot carry headers of a page. The exact origin protects it.
        return isHub || await antiforgery.IsRequestValidAsync(context) ? null : InvalidCsrfToken;
    }
}
