using System.Buffers;
using System.Collections.Immutable;

namespace Parking.Events;

/// <summary>What a citizen is entitled to, in the words of tariffs: <c>resident</c>, <c>disabled-badge</c>. A set; <c>default</c> is the empty one.</summary>
public readonly record struct Entitlements
{
    /// <summary>Of more, the first in ordinal order are kept: a token must not make documents grow.</summary>
    public const int MaxCount = 16;

    private const int MaxNameLength = 32;
    private const char Separator = ' ';

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Null, not empty, for none: equality goes by it.</summary>
    private readonly string? _names;

    private Entitlements(string? names) => _names = names;

    public static Entitlements None => default;

    /// <summary>The names in ordinal order with a space between: how they are stored.</summary>
    public string Text => _names ?? "";

    /// <summary>The names in ordinal order.</summary>
    public ImmutableArray<string> Names => _names is null ? [] : [.. _names.Split(Separator)];

    /// <summary>
    /// All names in <paramref name="texts"/>, which have spaces between them. What cannot be one in a tariff (1 to 32 of a–z, 0–9 and -) is passed over: no
    /// price can depend on it.
    /// </summary>
    public static Entitlements Of(params IEnumerable<string> texts)
    {
        var names = texts.SelectMany(text => text.Split(Separator)).Where(IsName).Distinct().Order(StringComparer.Ordinal).Take(MaxCount).ToList();
        return names.Count == 0 ? None : new(string.Join(Separator, names));
    }

    /// <summary>What it is, never what it says: that somebody is disabled is theirs to tell.</summary>
    public override string ToString() => "entitlements";

    private static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}
