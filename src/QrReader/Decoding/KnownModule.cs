namespace Parking.QrReader.Decoding;

/// <summary>A module whose colour the version alone fixes.</summary>
internal readonly record struct KnownModule(int X, int Y, bool Dark);
