using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Parking.Api.Hosting;

/// <summary>Chooses the media type of an answer by the caller's Accept header (RFC 9110, section 12.5.1).</summary>
internal static class MediaTypeChoice
{
    /// <summary>
    /// The acceptable type of highest quality; of equal ones the first offered. Without an Accept header, the first offered.
    /// </summary>
    /// <returns>Null if no type is acceptable.</returns>
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

    /// <summary>The quality that the most specific matching range gives to a type: image/png before image/*, image/* before */*.</summary>
    private static double QualityOf(string offer, IList<MediaTypeHeaderValue> ranges)
    {
        var type = new MediaTypeHeaderValue(offer);
        return ranges.Where(type.IsSubsetOf)
            .OrderBy(range => range.MatchesAllTypes)
            .ThenBy(range => range.MatchesAllSubTypes)
            .FirstOrDefault() is { } range ? range.Quality ?? 1 : 0;
    }
}
