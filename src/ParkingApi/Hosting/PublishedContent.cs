using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Parking.Api.Hosting;

/// <summary>Content that many callers get unchanged, with its strong entity tag. Equal content has equal tags on every instance.</summary>
internal sealed class PublishedContent(byte[] content)
{
    private const int TagBytes = 16;

    /// <summary>
    /// For public content. Five minutes is far shorter than the hour by which a key is announced in advance for the sake of caches.
    /// </summary>
    private const string Public = "public, max-age=300";

    /// <summary>For content of one caller: it may be cached, but must be revalidated each time.</summary>
    private const string Private = "private, no-cache";

    public EntityTagHeaderValue Tag { get; } = new($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");

    /// <summary>The content, or 304 if the caller has it already.</summary>
    public FileContentHttpResult Send(string mediaType, HttpResponse response) => Send(mediaType, response, Public);

    /// <summary>The content for this caller only, or 304 if the caller has it already.</summary>
    public FileContentHttpResult SendPrivately(string mediaType, HttpResponse response) => Send(mediaType, response, Private);

    private FileContentHttpResult Send(string mediaType, HttpResponse response, string cacheControl)
    {
        response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(content, mediaType, entityTag: Tag);
    }
}
