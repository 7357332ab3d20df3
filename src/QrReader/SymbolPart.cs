namespace Parking.QrReader;

/// <summary>The part of a longer text that a symbol carries (structured append, ISO/IEC 18004, section 8).</summary>
/// <param name="Index">The place of the part, 0 to <paramref name="Count"/>− 1.</param>
/// <param name="Count">The number of symbols that carry the text, 1 to 16.</param>
/// <param name="Parity">The exclusive or of all bytes of the whole text. Symbols with different parities belong to different texts.</param>
public readonly record struct SymbolPart(int Index, int Count, byte Parity);
