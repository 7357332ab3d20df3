using System.Text.Json;
using System.Text.Unicode;

namespace Parking.Tariffs.Documents;

/// <summary>Parses the bytes of a document.</summary>
internal static class DocumentText
{
    /// <summary>The largest depth. A tariff has depth twelve; the parser's default is 64.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads UTF-8 JSON.</summary>
    /// <exception cref="TariffDocumentException">The document is too large, not UTF-8, not JSON, or too deep.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content, int maxBytes)
    {
        if (content.Length > maxBytes)
        {
            throw Refusal($"the document has {content.Length} bytes", $"at most {maxBytes}");
        }

        if (content.Span.StartsWith("\uFEFF"u8))
        {
            throw Refusal("the document begins with a byte order mark", "UTF-8 without one");
        }

        if (!Utf8.IsValid(content.Span))
        {
            throw Refusal("the document is not UTF-8", "JSON in UTF-8");
        }

        try
        {
            return JsonDocument.Parse(content, Options);
        }
        catch (JsonException e)
        {
            throw Refusal(e.Message.TrimEnd('.'), $"JSON, at most {MaxDepth} deep");
        }
    }

    private static TariffDocumentException Refusal(string problem, string expected) => new([new("$", problem, expected)]);
}
