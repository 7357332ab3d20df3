using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Net.Http.Headers;

namespace Parking.Pages.Shared;

/// <summary>
/// Keeps a page as it was sent: rendered and compressed once for each language and theme, for everybody. A browser that has this version of
/// it already is answered 304.
/// </summary>
internal sealed class PageCache : IOutputCachePolicy
{
    private static readonly string Version = typeof(PageCache).Module.ModuleVersionId.ToString("N", CultureInfo.InvariantCulture);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = true;
        context.AllowCacheStorage = true;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = TimeSpan.FromDays(1);
        context.CacheVaryByRules.QueryKeys = "";
        context.CacheVaryByRules.HeaderNames = HeaderNames.AcceptEncoding;
        context.CacheVaryByRules.VaryByValues["look"] = NameOf(PageLook.Of(request));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The entity tag of a page (RFC 9110, 8.8.3): the same as long as neither this assembly nor the look changes.</summary>
    public static string TagOf(PageLook look) => $"W/\"{Version}-{NameOf(look)}\"";

    private static string NameOf(PageLook look) => $"{look.Language}-{look.Theme}";
}
