namespace Parking.Codes;

/// <summary>A code's 16-byte identity (the cti).</summary>
/// <param name="Value">The bytes as a big-endian number.</param>
public readonly record struct CodeId(UInt128 Value);
