namespace Parking.QrReader.Decoding;

/// <summary>The centres of some modules of a symbol, in modules from its top left corner.</summary>
internal sealed record ModuleCentres(float[] X, float[] Y);
