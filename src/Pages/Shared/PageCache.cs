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
    private static readonly string[] Encodings = ["br", "gzip"];

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = true;
        context.AllowCacheStorage = true;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = TimeSpan.FromDays(1);
        context.CacheVaryByRules.QueryKeys = "";
        context.CacheVaryByRules.VaryByValues["encoding"] = EncodingOf(request);
        context.CacheVaryByRules.VaryByValues["look"] = NameOf(PageLook.Of(request));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Keeps only what is the same for everybody.</summary>
    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage = response.StatusCode == StatusCodes.Status200OK && !response.Headers.ContainsKey(HeaderNames.SetCookie);
        return ValueTask.CompletedTask;
    }

    /// <summary>The entity tag of a page (RFC 9110, 8.8.3): the same as long as neither this assembly nor the look changes.</summary>
    public static string TagOf(PageLook look) => $"W/\"{PagesSetup.Build}-{NameOf(look)}\"";

    /// <summary>What compression makes of the header, in three words: anybody can make up as many headers as they like.</summary>
    private static string EncodingOf(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is null or > 0).ToList();
        return Encodings.FirstOrDefault(name => accepted.Any(encoding => encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase)))
            ?? "none";
    }

    private static string NameOf(PageLook look) => $"{look.Language}-{look.Theme}";
}
