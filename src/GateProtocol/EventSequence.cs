namespace Parking.GateProtocol;

/// <summary>The range of an event's number within its journal.</summary>
public static class EventSequence
{
    /// <summary>The number of a journal's first event.</summary>
    public const long First = 1;

    /// <summary>
    /// The largest number: 2^53 − 1, the largest integer that every JSON reader represents exactly (RFC 8259, section 6).
    /// </summary>
    public const long Max = (1L << 53) - 1;
}
