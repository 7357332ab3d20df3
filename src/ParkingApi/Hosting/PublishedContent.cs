using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Parking.Api.Hosting;

/// <summary>Something that anybody may have, as it is sent, and its strong entity tag: equal content has equal tags on every instance.</summary>
internal sealed class PublishedContent(byte[] content)
{
    private const int TagBytes = 16;

    /// <summary>Five minutes: far shorter than the hour that a key is announced ahead for the sake of caches.</summary>
    private const string CacheControl = "public, max-age=300";

    public EntityTagHeaderValue Tag { get; } = new($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");

    /// <summary>The content, or 304 for whoever has it already.</summary>
    public FileContentHttpResult Send(string mediaType, HttpResponse response)
    {
        response.Headers.CacheControl = CacheControl;
        return TypedResults.Bytes(content, mediaType, entityTag: Tag);
    }
}
