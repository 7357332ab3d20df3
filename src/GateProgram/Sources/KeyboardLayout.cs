using System.Buffers;
using System.Collections.Frozen;

namespace Parking.GateProgram.Sources;

/// <summary>
/// What a reader in keyboard mode types if its layout is not the computer's: it presses the keys of an American keyboard, and the computer
/// takes them for its own. Only the characters that a code has are translated.
/// </summary>
public sealed class KeyboardLayout
{
    private const string Meant = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private static readonly (string Joined, string Apart)[] Joined = [("À", "`A"), ("È", "`E"), ("Ì", "`I"), ("Ò", "`O"), ("Ù", "`U")];

    private readonly FrozenDictionary<char, char> _meant;

    private KeyboardLayout(string name, string typed)
    {
        Name = name;
        _meant = typed.Zip(Meant).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>All layouts; first the one that needs no translation but to capitals.</summary>
    public static IReadOnlyList<KeyboardLayout> All { get; } =
    [
        new("US", Meant),
        new("German", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY $%(`ß.-Ö"),
        new("French", "à&é\"'(-è_çQBCDEFGHIJKL?NOPARSTUVZXYW 458+):!M"),
    ];

    /// <summary>The characters of a code.</summary>
    internal static SearchValues<char> CodeCharacters { get; } = SearchValues.Create(Meant);

    /// <summary>In English.</summary>
    public string Name { get; }

    /// <summary>The text that was meant. What no code has stays as it is.</summary>
    public string Translate(string typed)
    {
        if (this == All[0])
        {
            return typed.ToUpperInvariant();
        }

        // A dead key, such as the grave accent for a plus, has joined the vowel that came after it.
        var apart = Joined.Aggregate(typed, (text, one) => text.Replace(one.Joined, one.Apart, StringComparison.Ordinal));
        return string.Create(apart.Length, apart, (text, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                text[i] = _meant.GetValueOrDefault(source[i], source[i]);
            }
        });
    }
}
