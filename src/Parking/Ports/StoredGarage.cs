namespace Parking.Ports;

/// <summary>A holder's vehicles as stored. Version 0: none yet, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredGarage(long Version, ReadOnlyMemory<byte> Content);
