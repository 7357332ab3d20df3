using NodaTime;
using Parking.Codes;

namespace Parking.GateProgram.Sources;

/// <summary>
/// Finds the code in what a reader typed: behind an AIM prefix (<c>]Q1</c>), a byte order mark or the rest of a bad read, in lower case, or
/// with the keys of another layout.
/// </summary>
public static class ReaderText
{
    // It knows no key. So all that it tells is whether a text has the form of a code.
    private static readonly CodeVerifier Form = new(new PublicKeySet([]));

    /// <param name="typed">The characters between two ends of a read.</param>
    /// <returns>The last whole code in them; without one, the characters as they are, without control characters around them.</returns>
    public static ReaderCode Find(string typed)
    {
        foreach (var layout in KeyboardLayout.All)
        {
            var meant = layout.Translate(typed);
            for (var at = LastPrefix(meant, meant.Length); at >= 0; at = LastPrefix(meant, at))
            {
                if (CodeAt(meant, at) is { } code)
                {
                    return new(code, layout, IsWhole: true);
                }
            }
        }
        return new(Bare(typed), KeyboardLayout.All[0], IsWhole: false);
    }

    private static int LastPrefix(string text, int before) =>
        before == 0 ? -1 : text.LastIndexOf(CodeFormat.Prefix, before - 1, StringComparison.Ordinal);

    /// <summary>The code that begins here: up to what no code has in it, or as long as a code is.</summary>
    private static string? CodeAt(string text, int at)
    {
        var rest = text.AsSpan(at);
        var end = rest.IndexOfAnyExcept(KeyboardLayout.CodeCharacters);
        rest = end < 0 ? rest : rest[..end];
        return IsCode(rest) ? rest.ToString()
            : rest.Length > CodeFormat.TextLength && IsCode(rest[..CodeFormat.TextLength]) ? rest[..CodeFormat.TextLength].ToString()
            : null;
    }

    private static bool IsCode(ReadOnlySpan<char> text) =>
        Form.Verify(text, Instant.MinValue).Refusal is not (CodeRefusal.NotACode or CodeRefusal.BadEncoding or CodeRefusal.BadShape);

    private static string Bare(string typed)
    {
        var (from, to) = (0, typed.Length);
        while (from < to && IsAround(typed[from]))
        {
            from++;
        }
        while (to > from && IsAround(typed[to - 1]))
        {
            to--;
        }
        return typed[from..to];
    }

    private static bool IsAround(char one) => char.IsControl(one) || char.IsWhiteSpace(one) || one == '\uFEFF';
}

/// <summary>What was found in what a reader typed.</summary>
/// <param name="Text">The code, or what was typed instead.</param>
/// <param name="Layout">The layout by which the code was read.</param>
/// <param name="IsWhole">Whether it has the form of a code.</param>
public readonly record struct ReaderCode(string Text, KeyboardLayout Layout, bool IsWhole);
