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

    public async Task InvokeAsync(HttpContext context)
    {
        var hasCookie = context.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
        if (hasCookie && !origin.IsHostOf(context.Request))
        {
            await PageHostGuard.Refusal(origin).ExecuteAsync(context);
        }
        else if (await RefuseAsync(context, hasCookie) is { } problem)
        {
            await problem.ToResult().ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    private async Task<ProblemKind?> RefuseAsync(HttpContext context, bool hasCookie)
    {
        var request = context.Request;
        var isHub = hasCookie && request.Path.StartsWithSegments(PeopleTokens.HubPath);
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isSafe && !isHub)
        {
            return null;
        }

        // A browser leaves the cookie out of a foreign site's POST. Its answer could still take the cookie away: /sign-out does.
        if ((hasCookie || IsOfPages(request)) && request.Headers[HeaderNames.Origin] != origin.Text)
        {
            return ForeignOrigin;
        }

        // A hub's connection begins with GET, and the WebSocket protocol cannot carry headers of a page. The exact origin protects it.
        return !hasCookie || isHub || await antiforgery.IsRequestValidAsync(context) ? null : InvalidCsrfToken;
    }

    /// <summary>Paths that only the pages' own modules call. The provider's paths are not among them: programs call those.</summary>
    private static bool IsOfPages(HttpRequest request) =>
        PageHostGuard.IsForBrowsers(request) && !request.Path.StartsWithSegments(DevelopmentAssembly.Path);
}
