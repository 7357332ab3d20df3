using System.Buffers.Binary;
using System.Text;

namespace Parking.Events;

/// <summary>An event's identity as both stores write it: the gate's name, then journal and number as 8 big-endian bytes each.</summary>
public static class EventIdBytes
{
    private const int NumbersLength = 2 * sizeof(ulong);

    public static byte[] Of(GateEventId id)
    {
        var gate = id.Gate.Value;
        var bytes = new byte[gate.Length + NumbersLength];
        Encoding.ASCII.GetBytes(gate, bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(gate.Length), id.Journal.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(gate.Length + sizeof(ulong)), id.Seq);
        return bytes;
    }

    public static GateEventId Read(ReadOnlySpan<byte> bytes)
    {
        var numbers = bytes[^NumbersLength..];
        return new(
            new(Encoding.ASCII.GetString(bytes[..^NumbersLength])),
            new(BinaryPrimitives.ReadUInt64BigEndian(numbers)),
            BinaryPrimitives.ReadInt64BigEndian(numbers[sizeof(ulong)..]));
    }
}
