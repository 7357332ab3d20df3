namespace Parking.QrReader;

/// <summary>Which part of a longer text a symbol carries (structured append, ISO/IEC 18004, section 8).</summary>
/// <param name="Index">The place of the part, 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">How many symbols the text is spread over, 1 to 16.</param>
/// <param name="Parity">
/// The exclusive or of all bytes of the whole text, the same in each of its symbols: parts that differ in it belong to different texts.
/// </param>
public readonly record struct SymbolPart(int Index, int Count, byte Parity);
