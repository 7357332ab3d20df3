using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parking.Facilities;

namespace Parking.Events;

/// <summary>
/// The identity of a gate event, for ever: which gate, which of its journals, which number in it. Ordered in that order,
/// gates by ordinal comparison. Written <c>gate/journal/seq</c>.
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

    /// <summary>The first 56 bits of a SHA-256 over the written identity: what a stay's public name carries of its first event.</summary>
    public ulong Digest() => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ToString()))) >> 8;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Gate}/{Journal}/{Seq}");
}
