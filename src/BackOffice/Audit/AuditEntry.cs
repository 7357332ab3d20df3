using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parking.BackOffice.Audit;

/// <summary>
/// An entry of the audit's chain, as its table has it. Times are microseconds since 1970, hashes 64 lowercase hexadecimal digits.
/// </summary>
public record AuditEntry
{
    /// <summary>The kinds of entries: before an act, and after it.</summary>
    public const string IntentKind = "intent", OutcomeKind = "outcome";

    /// <summary>What the first entry has in the place of the hash before it.</summary>
    public static readonly string Origin = new('0', 2 * SHA256.HashSizeInBytes);

    internal const string Columns =
        "sequence, at, recorded_at, kind, act, target, facility, staff, duty, result, intent, source, detail_hash, previous, hash";

    private const string Form = "parking-audit-1";

    /// <summary>1 for the first entry, and without a gap from then on.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public long At { get; init; }

    /// <summary>When it was entered.</summary>
    public long RecordedAt { get; init; }

    /// <summary><see cref="IntentKind"/> or <see cref="OutcomeKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What was done, in snake case.</summary>
    public string Act { get; init; } = "";

    /// <summary>What it was about: a kind, a colon and a name, such as <c>gate:hsp-out-1</c>; or <c>city</c>.</summary>
    public string Target { get; init; } = "";

    /// <summary>The facility; null if it was about none.</summary>
    public string? Facility { get; init; }

    /// <summary>Who did it, as the log names them; never a citizen code.</summary>
    public string Staff { get; init; } = "";

    /// <summary>The duty that allowed it; null if it was not recorded.</summary>
    public string? Duty { get; init; }

    /// <summary>Of an outcome: <c>done</c>, or the name of the problem, or what became of a command.</summary>
    public string? Result { get; init; }

    /// <summary>Of an outcome: the number of the entry whose outcome it is.</summary>
    public long? Intent { get; init; }

    /// <summary>Names what must be entered only once; null for all else.</summary>
    public string? Source { get; init; }

    /// <summary>The hash of what can be erased; null if there is nothing.</summary>
    public string? DetailHash { get; init; }

    /// <summary>The hash of the entry before.</summary>
    public string Previous { get; init; } = "";

    /// <summary>The hash of this entry.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The hash that this entry must have: SHA-256 of its <see cref="HashedText"/> in UTF-8.</summary>
    public string ComputeHash() => Hex(HashedText());

    /// <summary>
    /// What is hashed: a JSON array of all members but the hash itself, in the canonical form of RFC 8785. docs/audit.md has it for others.
    /// </summary>
    public string HashedText()
    {
        var text = new StringBuilder(512).Append('[');
        Write(text, Form);
        foreach (var number in new[] { Sequence, At, RecordedAt })
        {
            text.Append(CultureInfo.InvariantCulture, $",{number}");
        }

        foreach (var member in new[] { Kind, Act, Target, Facility, Staff, Duty, Result })
        {
            Write(text.Append(','), member);
        }

        text.Append(',').Append(Intent?.ToString(CultureInfo.InvariantCulture) ?? "null");
        foreach (var member in new[] { Source, DetailHash, Previous })
        {
            Write(text.Append(','), member);
        }

        return text.Append(']').ToString();
    }

    internal static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A text as UTF-8 and both databases can hold it: half of a character, and NUL, become U+FFFD.</summary>
    internal static string WellFormed(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    private static void Write(StringBuilder text, string? member)
    {
        if (member is null)
        {
            text.Append("null");
            return;
        }

        text.Append('"');
        foreach (var letter in member)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}
