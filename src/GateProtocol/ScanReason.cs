namespace Parking.GateProtocol;

/// <summary>
/// Why a scan was decided as it was. On the wire the names are in <c>snake_case</c>; the numbers are stored. Both may only
/// ever be added to.
/// </summary>
public enum ScanReason
{
    /// <summary>Open: a stay begins.</summary>
    Entered = 1,

    /// <summary>Open: a stay begins, and an earlier one whose exit nobody saw is closed as a missed exit.</summary>
    EnteredAfterMissedExit = 2,

    /// <summary>Open: the stay ends.</summary>
    Exited = 3,

    /// <summary>Open: nothing was parked here by our books. A driver is never held by our fault; the missed entry is recorded.</summary>
    MissedEntry = 4,

    /// <summary>Open: the gate decided alone, by its offline rules.</summary>
    OpenedOffline = 5,

    /// <summary>Refused: the text does not begin like one of our codes.</summary>
    NotACode = 10,

    /// <summary>Refused: the text after the prefix is not Base45.</summary>
    BadEncoding = 11,

    /// <summary>Refused: the bytes are not exactly a code's CBOR.</summary>
    BadShape = 12,

    /// <summary>Refused: signed with an algorithm that is not ours.</summary>
    UnsupportedAlgorithm = 13,

    /// <summary>Refused: signed with a key that is not, or no longer, published.</summary>
    UnknownKey = 14,

    /// <summary>Refused: the signature does not fit: forged or damaged.</summary>
    BadSignature = 15,

    /// <summary>Refused: issued in the future, beyond the tolerated clock skew.</summary>
    NotYetValid = 16,

    /// <summary>Refused: its minute is over. Show a fresh one.</summary>
    Expired = 17,

    /// <summary>Refused: this code has already opened a barrier.</summary>
    CodeUsed = 20,

    /// <summary>Refused: the same vehicle came in moments ago (anti-passback).</summary>
    AlreadyParked = 21,

    /// <summary>Refused: no place is free.</summary>
    Full = 22,

    /// <summary>Refused: nothing was parked here by our books, and this facility wants an attendant to look.</summary>
    CallAttendant = 23,

    /// <summary>Refused: the gate decided alone, and its offline rules keep it shut.</summary>
    OfflineShut = 24,

    /// <summary>Refused: the gate decided alone, and has opened as often within the hour as its offline rules allow.</summary>
    OfflineLimit = 25,

    /// <summary>Refused: an operator has closed the facility to entries.</summary>
    FacilityClosed = 26,
}
