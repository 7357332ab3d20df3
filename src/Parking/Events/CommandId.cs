using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Events;

/// <summary>
/// The name of a command to a gate: a ULID that the client drew, 26 digits of Crockford's Base32 in capitals. <c>default</c> names nothing.
/// </summary>
public readonly partial record struct CommandId
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int TimeDigits = 10, BitsOfDigit = 5;

    private CommandId(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// When the client drew it, by the client's clock, to the millisecond. A ULID can name times after the year 9999: then the end of that.
    /// </summary>
    public Instant DrawnAt => Instant.FromUnixTimeMilliseconds(Math.Min(
        Instant.MaxValue.ToUnixTimeMilliseconds(),
        Value[..TimeDigits].Aggregate(0L, (time, digit) => (time << BitsOfDigit) | (uint)Digits.IndexOf(digit, StringComparison.Ordinal))));

    public static bool TryParse([NotNullWhen(true)] string? text, out CommandId id)
    {
        var isOne = text is not null && Form().IsMatch(text);
        id = isOne ? new(text!) : default;
        return isOne;
    }

    /// <exception cref="FormatException">The text is no ULID.</exception>
    public static CommandId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException(CommandIds.Rule);

    public override string ToString() => Value;

    // \z: $ would let a line break follow.
    [GeneratedRegex(@"^[0-7][0-9A-HJKMNP-TV-Z]{25}\z")]
    private static partial Regex Form();
}
