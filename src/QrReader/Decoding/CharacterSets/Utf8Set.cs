using System.Buffers;
using System.Text.Unicode;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>UTF-8, by RFC 3629: no overlong forms, no surrogates.</summary>
internal sealed class Utf8Set : CharacterSet
{
    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars) =>
        Utf8.ToUtf16(bytes, chars, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done ? written : -1;
}
