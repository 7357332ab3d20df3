using System.Text;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Asks .NET's code pages what single sequences of bytes mean.</summary>
/// <remarks>
/// They are asked once, for tables: an encoding of .NET tells bytes that mean nothing only by an exception or a replacement, and allocates at every
/// call. The provider is asked directly, so that nothing is registered for the whole process.
/// </remarks>
internal sealed class CodePage(int number)
{
    /// <summary>Stands for bytes that mean nothing.</summary>
    public const char Nothing = '\uFFFF';

    private const string Replacement = "\uFFFF";

    private readonly Encoding _encoding =
        CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(Replacement))
        ?? Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(Replacement));

    /// <summary>Whether a character means something only to those who have agreed on it.</summary>
    public static bool IsPrivate(char character) => character is >= '\uE000' and <= '\uF8FF';

    /// <summary>The one character that the bytes mean, or <see cref="Nothing"/>.</summary>
    public char CharacterOf(params ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[8];
        return _encoding.GetChars(bytes, chars) == 1 && !char.IsSurrogate(chars[0]) ? chars[0] : Nothing;
    }

    /// <summary>
    /// What each byte means by itself. The code pages fill their gaps with private characters and, those of Windows, with control characters:
    /// these mean nothing.
    /// </summary>
    /// <param name="hasControls">Whether 0x80 to 0x9F are control characters in this set, as in ISO/IEC 8859.</param>
    public char[] SingleBytes(bool hasControls)
    {
        var characters = new char[256];
        for (var i = 0; i < characters.Length; i++)
        {
            var character = CharacterOf((byte)i);
            var isGap = IsPrivate(character) || (!hasControls && character is >= '\x80' and <= '\x9F');
            characters[i] = isGap ? Nothing : character;
        }
        return characters;
    }
}
