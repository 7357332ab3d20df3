using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Parking.Api.Hosting;

/// <summary>Something that is sent as it is to many, and its strong entity tag: equal content has equal tags on every instance.</summary>
internal sealed class PublishedContent(byte[] content)
{
    private const int TagBytes = 16;

    /// <summary>For what anybody may have. Five minutes: far shorter than the hour that a key is announced ahead for the sake of caches.</summary>
    private const string Public = "public, max-age=300";

    /// <summary>For what one caller has: keep it, but ask each time.</summary>
    private const string Private = "private, no-cache";

    public EntityTagHeaderValue Tag { get; } = new($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");

    /// <summary>The content, or 304 for whoever has it already.</summary>
    public FileContentHttpResult Send(string mediaType, HttpResponse response) => Send(mediaType, response, Public);

    /// <summary>The content for this caller alone, or 304 if they have it already.</summary>
    public FileContentHttpResult SendPrivately(string mediaType, HttpResponse response) => Send(mediaType, response, Private);

    private FileContentHttpResult Send(string mediaType, HttpResponse response, string cacheControl)
    {
        response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(content, mediaType, entityTag: Tag);
    }
}
