using System.Collections.Immutable;

namespace Parking.QrReader.Decoding;

/// <summary>The decoded segments of a symbol. <see cref="SymbolReading"/> describes the members.</summary>
internal readonly record struct SymbolContent(string Text, ImmutableArray<byte> Bytes, SymbolPart? Part, string SymbologyIdentifier);
