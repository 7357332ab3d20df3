namespace Parking.QrReader.Decoding;

/// <summary>The result of decoding a symbol's modules.</summary>
/// <param name="Content">The text and its properties.</param>
/// <param name="Format">The level and the mask.</param>
/// <param name="Correction">The corrections of all blocks together.</param>
/// <param name="Confidence">The smallest <see cref="CorrectionLimit.Unspent"/> of all blocks, 0 to 1.</param>
internal sealed record DecodedSymbol(SymbolContent Content, FormatInformation Format, Correction Correction, double Confidence);
