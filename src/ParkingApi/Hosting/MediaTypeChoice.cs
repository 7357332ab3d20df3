using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Parking.Api.Hosting;

/// <summary>Chooses what to answer in, by the caller's Accept (RFC 9110, section 12.5.1).</summary>
internal static class MediaTypeChoice
{
    /// <summary>The acceptable one of highest quality; at equal quality the one offered first. Nothing accepted in particular: the first.</summary>
    /// <returns>Null if none is acceptable.</returns>
    public static string? Choose(StringValues accept, params ReadOnlySpan<string> offers)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0)
        {
            return offers[0];
        }

        string? best = null;
        var bestQuality = 0.0;
        foreach (var offer in offers)
        {
            if (QualityOf(offer, ranges) is var quality && quality > bestQuality)
            {
                (best, bestQuality) = (offer, quality);
            }
        }

        return best;
    }

    /// <summary>The quality that the most specific range gives a type: image/png over image/*, that over */*.</summary>
    private static double QualityOf(string offer, IList<MediaTypeHeaderValue> ranges)
    {
        var type = new MediaTypeHeaderValue(offer);
        return ranges.Where(type.IsSubsetOf)
            .OrderBy(range => range.MatchesAllTypes)
            .ThenBy(range => range.MatchesAllSubTypes)
            .FirstOrDefault() is { } range ? range.Quality ?? 1 : 0;
    }
}
