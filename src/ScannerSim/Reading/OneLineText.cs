using System.Globalization;
using System.Text;

namespace Parking.ScannerSim.Reading;

/// <summary>Writes a text on one line of a terminal. The result is for people; <c>--json</c> keeps a text unchanged.</summary>
internal static class OneLineText
{
    /// <summary>
    /// Tab, carriage return and line feed become <c>\t</c>, <c>\r</c>, <c>\n</c>. Other control characters and line separators become
    /// <c>\uXXXX</c>.
    /// </summary>
    public static string Escape(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\t' => line.Append(@"\t"),
                '\r' => line.Append(@"\r"),
                '\n' => line.Append(@"\n"),
                '\u2028' or '\u2029' => AppendCode(line, character),
                _ when char.IsControl(character) => AppendCode(line, character),
                _ => line.Append(character),
            };
        }
        return line.ToString();
    }

    private static StringBuilder AppendCode(StringBuilder line, char character) =>
        line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
}
