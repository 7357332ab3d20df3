using System.Buffers;
using System.Collections.Immutable;

namespace Parking.Events;

/// <summary>
/// What a citizen is entitled to, in the words of tariffs, such as <c>resident</c> or <c>disabled-badge</c>. A set; <c>default</c> is the
/// empty set.
/// </summary>
public readonly record struct Entitlements
{
    /// <summary>How many names are kept: the first ones in ordinal order. A token must not make documents grow.</summary>
    public const int MaxCount = 16;

    private const int MaxNameLength = 32;
    private const char Separator = ' ';

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Null, not empty, if there are none: equality depends on it.</summary>
    private readonly string? _names;

    private Entitlements(string? names) => _names = names;

    public static Entitlements None => default;

    /// <summary>The names in ordinal order, separated by a space. This is the stored form.</summary>
    public string Text => _names ?? "";

    /// <summary>The names in ordinal order.</summary>
    public ImmutableArray<string> Names => _names is null ? [] : [.. _names.Split(Separator)];

    /// <summary>
    /// All names in <paramref name="texts"/>, in which spaces separate names. What cannot be a name in a tariff (1 to 32 of a–z, 0–9 and -)
    /// is skipped: no price can depend on it.
    /// </summary>
    public static Entitlements Of(params IEnumerable<string> texts)
    {
        var names = texts.SelectMany(text => text.Split(Separator))
            .Where(IsName).Distinct().Order(StringComparer.Ordinal).Take(MaxCount).ToList();
        return names.Count == 0 ? None : new(string.Join(Separator, names));
    }

    /// <summary>Says what this is, never its content: that somebody is disabled is personal data.</summary>
    public override string ToString() => "entitlements";

    private static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}
