using System.Buffers.Binary;
using System.Numerics;

namespace Parking.GateProgram.Journal;

/// <summary>CRC-32C (RFC 3720, appendix B.4), which processors have as an instruction.</summary>
internal static class Checksum
{
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return ~crc;
    }
}
