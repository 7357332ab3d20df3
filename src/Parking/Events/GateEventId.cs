using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parking.Facilities;

namespace Parking.Events;

/// <summary>
/// The permanent identity of a gate event: the gate, one of its journals, and the number in that journal. Ordered by gate (ordinal
/// comparison), then journal, then number. Written <c>gate/journal/seq</c>.
/// </summary>
public readonly record struct GateEventId(GateId Gate, JournalId Journal, long Seq) : IComparable<GateEventId>
{
    public int CompareTo(GateEventId other)
    {
        var byGate = string.CompareOrdinal(Gate.Value, other.Gate.Value);
        if (byGate != 0)
        {
            return byGate;
        }

        var byJournal = Journal.Value.CompareTo(other.Journal.Value);
        return byJournal != 0 ? byJournal : Seq.CompareTo(other.Seq);
    }

    public static bool operator <(GateEventId left, GateEventId right) => left.CompareTo(right) < 0;

    public static bool operator >(GateEventId left, GateEventId right) => left.CompareTo(right) > 0;

    public static bool operator <=(GateEventId left, GateEventId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GateEventId left, GateEventId right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// The first 56 bits of a SHA-256 over the written identity. A stay's public name carries this of the stay's first event.
    /// </summary>
    public ulong Digest() => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ToString()))) >> 8;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Gate}/{Journal}/{Seq}");
}

/// <summary>
/// The journal to which a gate writes its events: 64 random bits, drawn anew for a new disk. Written as 16 lowercase hexadecimal digits.
/// </summary>
public readonly record struct JournalId(ulong Value)
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads 16 lowercase hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static JournalId Parse(string text) =>
        TryParse(text, out var journal) ? journal : throw new FormatException("A journal is 16 lowercase hexadecimal digits.");

    /// <summary>Reads 16 lowercase hexadecimal digits; false for any other text.</summary>
    public static bool TryParse(string text, out JournalId journal)
    {
        var isOne = text.Length == 16 && !text.AsSpan().ContainsAnyExcept(Digits);
        journal = isOne ? new(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : default;
        return isOne;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>
/// An event's identity as both stores write it: the gate's id in ASCII, then journal and number as 8 big-endian bytes each.
/// </summary>
public static class EventIdBytes
{
    private const int NumbersLength = 2 * sizeof(ulong);

    public static byte[] Of(GateEventId id)
    {
        var gate = id.Gate.Value;
        var bytes = new byte[gate.Length + NumbersLength];
        Encoding.ASCII.GetBytes(gate, bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(gate.Length), id.Journal.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(gate.Length + sizeof(ulong)), id.Seq);
        return bytes;
    }

    public static GateEventId Read(ReadOnlySpan<byte> bytes)
    {
        var numbers = bytes[^NumbersLength..];
        return new(
            new(Encoding.ASCII.GetString(bytes[..^NumbersLength])),
            new(BinaryPrimitives.ReadUInt64BigEndian(numbers)),
            BinaryPrimitives.ReadInt64BigEndian(numbers[sizeof(ulong)..]));
    }
}
