namespace Parking.Codes;

/// <summary>
/// Why a text is not a valid code, in the order of the checks; the first failure is reported. The numbers are stored, and the gate protocol
/// uses the same numbers. New values may be added; existing ones never change.
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
    /// The bytes are not exactly a code's CBOR: a field is unknown, missing, repeated, out of order, of another type or size, or not in its
    /// shortest form; there is a tag, or bytes after the end; or the text is too long.
    /// </summary>
    BadShape = 12,

    /// <summary>The shape is right, but the algorithm is not ES256.</summary>
    UnsupportedAlgorithm = 13,

    /// <summary>The code names a key that is not in the key set.</summary>
    UnknownKey = 14,

    /// <summary>The signature is invalid: the code is forged or damaged.</summary>
    BadSignature = 15,

    /// <summary>The code is genuine, but issued later than now plus the clock skew.</summary>
    NotYetValid = 16,

    /// <summary>The code is genuine, but expired, including the clock skew.</summary>
    Expired = 17,
}
