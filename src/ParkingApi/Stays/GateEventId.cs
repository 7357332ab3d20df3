using System.Globalization;
using Parking.Api.Facilities;

namespace Parking.Api.Stays;

/// <summary>
/// The identity of a gate event, for ever: which gate, which of its journals, which number in it. Ordered in that order,
/// gates by ordinal comparison. Written <c>gate/journal/seq</c>.
/// </summary>
internal readonly record struct GateEventId(GateId Gate, JournalId Journal, long Seq) : IComparable<GateEventId>
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Gate}/{Journal}/{Seq}");
}
