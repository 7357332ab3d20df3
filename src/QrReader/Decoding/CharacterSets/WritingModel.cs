namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>
/// How people write in one character set, roughly: what each character costs in bits, that is, minus the binary logarithm of how often it comes up.
/// Of two models the one that makes the same bytes cheaper explains them better.
/// </summary>
internal abstract class WritingModel
{
    /// <summary>The cost of bytes that are not of the character set.</summary>
    public const int Impossible = 1 << 24;

    /// <summary>Words of two scripts seldom touch.</summary>
    protected const int ScriptChange = 4;

    /// <summary>What a character is, as far as its neighbours go.</summary>
    protected enum Kind
    {
        Neutral,
        AsciiLetter,
        Native,
    }

    /// <summary>The cost of bytes, in bits; <see cref="Impossible"/> or more where they are not of the set.</summary>
    public abstract int Cost(ReadOnlySpan<byte> bytes);

    /// <summary>ASCII costs the same in every set.</summary>
    protected static int CostOfAscii(byte value) => value switch
    {
        (byte)' ' or (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') => 5,
        0x09 or 0x0A or 0x0D or (> 0x20 and < 0x7F) => 7,
        _ => 16,
    };

    protected static Kind KindOfAscii(byte value) => char.IsAsciiLetter((char)value) ? Kind.AsciiLetter : Kind.Neutral;

    protected static int CostOfChange(Kind before, Kind after) => before != after && before != Kind.Neutral && after != Kind.Neutral ? ScriptChange : 0;
}
