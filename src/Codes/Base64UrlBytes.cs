using System.Buffers;
using System.Buffers.Text;

namespace Parking.Codes;

/// <summary>Decodes base64url of a known size. The framework's Try method throws if the text is not base64url.</summary>
internal static class Base64UrlBytes
{
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> destination) =>
        Base64Url.DecodeFromChars(text, destination, out var consumed, out var written) == OperationStatus.Done
        && consumed == text.Length
        && written == destination.Length;
}
