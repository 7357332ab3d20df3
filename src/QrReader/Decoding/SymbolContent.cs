using System.Collections.Immutable;

namespace Parking.QrReader.Decoding;

/// <summary>What the segments of a symbol say; each is described at <see cref="SymbolReading"/>.</summary>
internal readonly record struct SymbolContent(string Text, ImmutableArray<byte> Bytes, SymbolPart? Part, string SymbologyIdentifier);
