using Parking.Api.Hosting.Problems;

namespace Parking.Api.Hosting.Browsers;

/// <summary>
/// Serves what only browsers ask for at the exact host of the pages, so that DNS rebinding does not reach it. It precedes authentication,
/// which answers at some of these paths by itself.
/// </summary>
internal sealed class PageHostGuard(RequestDelegate next, PageOrigin origin)
{
    public static readonly ProblemKind ForeignHost = new(
        "foreign-host",
        StatusCodes.Status421MisdirectedRequest,
        "The pages have another address");

    private static readonly PathString[] Paths =
        ["/console", "/driver", "/sign-in", "/sign-out", SignInSchemes.CallbackPath, "/development", "/demo"];

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (origin.IsHostOf(request))
        {
            // Behind a proxy that ends TLS, the request looks like http. The origin says what the browser used.
            request.Scheme = origin.Value.Scheme;
        }
        else if (IsForBrowsers(request))
        {
            await Refusal(origin).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    public static bool IsForBrowsers(HttpRequest request) => Array.Exists(Paths, path => request.Path.StartsWithSegments(path));

    public static IResult Refusal(PageOrigin origin) => ForeignHost.ToResult($"Open them at {origin.Text}.");
}
