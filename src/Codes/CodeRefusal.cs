namespace Parking.Codes;

/// <summary>
/// Why a text is not a code that counts, in the order of the checks: the first that fails is reported. The numbers are stored and are
/// those the gate protocol uses for the same refusals; they may only ever be added to.
/// </summary>
public enum CodeRefusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The text does not begin with <see cref="CodeFormat.Prefix"/>.</summary>
    NotACode = 10,

    /// <summary>What follows the prefix is not Base45 (RFC 9285).</summary>
    BadEncoding = 11,

    /// <summary>
    /// The bytes are not exactly a code's CBOR: a field unknown, missing, twice, out of order, of another type or size, not in its shortest
    /// form, a tag, bytes after the end; or the text is so long that it cannot be.
    /// </summary>
    BadShape = 12,

    /// <summary>A code's shape, but signed with another algorithm than ES256.</summary>
    UnsupportedAlgorithm = 13,

    /// <summary>Signed, it says, with a key that the key set does not hold.</summary>
    UnknownKey = 14,

    /// <summary>The signature does not fit: forged or damaged.</summary>
    BadSignature = 15,

    /// <summary>Genuine, but issued later than now plus the tolerated skew.</summary>
    NotYetValid = 16,

    /// <summary>Genuine, but its time and the tolerated skew are over.</summary>
    Expired = 17,
}
