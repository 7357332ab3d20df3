namespace Parking.QrReader.Decoding;

/// <summary>What a symbol's modules say.</summary>
/// <param name="Content">The text, and what belongs to it.</param>
/// <param name="Format">The level and the mask.</param>
/// <param name="Correction">What all blocks together took to correct.</param>
/// <param name="Confidence">The least <see cref="CorrectionLimit.Unspent"/> of any block, 0 to 1.</param>
internal sealed record DecodedSymbol(SymbolContent Content, FormatInformation Format, Correction Correction, double Confidence);
