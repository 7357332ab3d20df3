namespace Parking.GateProtocol;

/// <summary>
/// The reason of a decision. On the wire the names are in <c>snake_case</c>; the numbers are stored. Add new ones, never change existing
/// ones.
/// </summary>
public enum ScanReason
{
    /// <summary>Open: a stay begins.</summary>
    Entered = 1,

    /// <summary>Open: a stay begins, and an earlier one whose exit nobody saw is closed as a missed exit.</summary>
    EnteredAfterMissedExit = 2,

    /// <summary>Open: the stay ends.</summary>
    Exited = 3,

    /// <summary>Open: we have no stay here. A driver is never held because of our error; the missed entry is recorded.</summary>
    MissedEntry = 4,

    /// <summary>Open: the gate decided alone by its offline rules.</summary>
    OpenedOffline = 5,

    /// <summary>
    /// Open: an exit that was cut off let somebody out on a genuine code outside its time window. Whose vehicle it was is not sure.
    /// </summary>
    OpenedOfflineLate = 6,

    /// <summary>
    /// Open: an operator opened the exit from afar, and named the stay that ends with it. No code was decided. Whose vehicle it was is not
    /// sure.
    /// </summary>
    LetOut = 7,

    /// <summary>Refused: the text does not begin like one of our codes.</summary>
    NotACode = 10,

    /// <summary>Refused: the text after the prefix is not Base45.</summary>
    BadEncoding = 11,

    /// <summary>Refused: the bytes are not exactly a code's CBOR.</summary>
    BadShape = 12,

    /// <summary>Refused: the algorithm is not ours.</summary>
    UnsupportedAlgorithm = 13,

    /// <summary>Refused: the key is not, or no longer, published.</summary>
    UnknownKey = 14,

    /// <summary>Refused: the signature is invalid: the code is forged or damaged.</summary>
    BadSignature = 15,

    /// <summary>Refused: the code was issued in the future, beyond the clock skew.</summary>
    NotYetValid = 16,

    /// <summary>Refused: the code has expired. Show a new one.</summary>
    Expired = 17,

    /// <summary>Refused: the certificate of a device's code is forged or damaged.</summary>
    BadCertificate = 18,

    /// <summary>Refused: a device's code that does not lie within its certificate's time.</summary>
    OutsideCertificate = 19,

    /// <summary>Refused: this code has already opened a barrier.</summary>
    CodeUsed = 20,

    /// <summary>Refused: the same vehicle entered moments ago (anti-passback).</summary>
    AlreadyParked = 21,

    /// <summary>Refused: no space is free.</summary>
    Full = 22,

    /// <summary>Refused: we have no stay here, and this facility has an attendant who must check.</summary>
    CallAttendant = 23,

    /// <summary>Refused: the gate decided alone, and its offline rules do not allow opening.</summary>
    OfflineShut = 24,

    /// <summary>Refused: the gate decided alone, and has reached the hourly limit of its offline rules.</summary>
    OfflineLimit = 25,

    /// <summary>Refused: an operator has closed the facility to entries.</summary>
    FacilityClosed = 26,

    /// <summary>Refused: an operator has locked this entry. The gate decided alone.</summary>
    LaneLocked = 27,

    /// <summary>Refused: the device that signed the code is not linked any more.</summary>
    DeviceRevoked = 28,
}
