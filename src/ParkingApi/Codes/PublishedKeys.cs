using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Parking.Api.Codes;

/// <summary>A key set as it is sent, and its strong entity tag: equal sets have equal tags on every instance.</summary>
internal sealed class PublishedKeys(byte[] content)
{
    private const int TagBytes = 16;

    public ReadOnlyMemory<byte> Content => content;

    public EntityTagHeaderValue Tag { get; } = new($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");
}
