using Microsoft.AspNetCore.Http;

namespace Parking.Pages.Shared;

/// <summary>The headers of every page.</summary>
internal static class PageHeaders
{
    /// <summary>Scripts, styles, pictures and connections come from the page's own origin only; nothing inline runs.</summary>
    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public static void Set(HttpResponse response, PageLook look)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // The page depends on the cookies of language and theme, and a new version must show at the next load.
        headers.CacheControl = "no-cache";
        headers.ETag = PageCache.TagOf(look);
    }

    /// <summary>The headers of a worker's script.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="scope">The pages that it may serve: by itself those in its own folder only, not the folder's own address.</param>
    public static void SetForWorker(HttpResponse response, string scope)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        headers["Service-Worker-Allowed"] = scope;
    }
}
