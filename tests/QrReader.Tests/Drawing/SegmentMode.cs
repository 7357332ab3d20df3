namespace Parking.QrReader.Tests.Drawing;

/// <summary>Mode indicators (ISO/IEC 18004, table 2).</summary>
public enum SegmentMode
{
    Numeric = 1,
    Alphanumeric = 2,
    Byte = 4,
    Eci = 7,
    Kanji = 8,
}
