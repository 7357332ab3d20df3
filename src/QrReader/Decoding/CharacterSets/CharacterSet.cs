using System.Text;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>A character set of .NET, decoded strictly: one sequence of bytes outside the set makes the whole text invalid.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class CharacterSet
{
    /// <summary>Replaces invalid bytes. It is a noncharacter of Unicode, so no valid text contains it.</summary>
    private const char Invalid = '\uFFFF';

    private readonly Encoding _encoding;
    private readonly bool _isUnicode;
    private readonly bool _hasControls;

    /// <param name="codePage">The code page number. The provider is asked directly, so nothing is registered for the whole process.</param>
    /// <param name="hasControls">Whether 0x80 to 0x9F are the C1 control characters, as in ISO/IEC 8859.</param>
    public CharacterSet(int codePage, bool hasControls = false)
    {
        var replacement = new DecoderReplacementFallback(Invalid.ToString());
        _encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, replacement)
            ?? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, replacement);
        _isUnicode = codePage is 1200 or 1201 or 65001;
        _hasControls = hasControls;
    }

    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="chars">Receives the text; at least as long as the bytes.</param>
    /// <returns>The number of characters written, or −1 if the bytes are not valid in this set.</returns>
    public int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var count = _encoding.GetChars(bytes, chars);
        foreach (var character in chars[..count])
        {
            if (character >= '\x80' && IsInvalid(character))
            {
                return -1;
            }
        }
        return count;
    }

    /// <summary>
    /// .NET fills the gaps of code pages with private characters, and those of Windows code pages with C1 control characters.
    /// </summary>
    private bool IsInvalid(char character) => character switch
    {
        <= '\x9F' => !_isUnicode && !_hasControls,
        >= '\uE000' and <= '\uF8FF' => !_isUnicode,
        _ => character == Invalid,
    };
}
