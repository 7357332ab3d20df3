using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parking.Api.Hosting;

/// <summary>What people write: names, reasons, texts. Whoever reads them sees all that is in them.</summary>
internal static class PlainText
{
    /// <summary>Characters that are blank, although letters or symbols by category: the fillers of Hangul, Braille without dots.</summary>
    private static readonly SearchValues<char> Blanks = SearchValues.Create("\u115F\u1160\u3164\uFFA0\u2800");

    /// <summary>
    /// Whether a text is one line in which there is something to see, and nothing that cannot be seen: no control characters, and none
    /// that only change how others are shown, such as U+202E.
    /// </summary>
    public static bool IsOneLine(string text) => HasVisible(text) && !text.EnumerateRunes().Any(IsUnseen);

    /// <summary>Whether there is anything to see in a text.</summary>
    public static bool HasVisible(string text) => text.EnumerateRunes().Any(IsVisible);

    /// <summary>The text as one line, without what cannot be seen. Halves of characters are replaced.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => !IsUnseen(rune)));

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsVisible(Rune rune) => (Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.IsPunctuation(rune)
        || Rune.IsSymbol(rune)) && !(rune.IsBmp && Blanks.Contains((char)rune.Value));
}
