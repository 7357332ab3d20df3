using System.Buffers;
using System.Buffers.Text;

namespace Parking.Codes;

/// <summary>Base64url of a known size: the framework's own Try method throws where the text is no base64url at all.</summary>
internal static class Base64UrlBytes
{
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> destination) =>
        Base64Url.DecodeFromChars(text, destination, out var consumed, out var written) == OperationStatus.Done
        && consumed == text.Length
        && written == destination.Length;
}
