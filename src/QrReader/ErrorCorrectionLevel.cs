namespace Parking.QrReader;

/// <summary>How much of a symbol may be damaged and still be read (ISO/IEC 18004, section 6.5.1).</summary>
public enum ErrorCorrectionLevel
{
    /// <summary>L: about 7 % of the codewords.</summary>
    Low = 0,

    /// <summary>M: about 15 %.</summary>
    Medium = 1,

    /// <summary>Q: about 25 %.</summary>
    Quartile = 2,

    /// <summary>H: about 30 %.</summary>
    High = 3,
}
