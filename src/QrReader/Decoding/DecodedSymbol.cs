namespace Parking.QrReader.Decoding;

/// <summary>What a symbol's modules say.</summary>
internal sealed record DecodedSymbol(string Text, FormatInformation Format, int CorrectedCodewords);
