using System.Formats.Cbor;
using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>
/// What is kept of an answer, so that a repeated scan gets the first one again: at most 53 bytes. The display's text is made
/// from it anew, and so stays the same.
/// </summary>
internal sealed record StoredAnswer(ScanReason Reason, Instant DecidedAt, CodeId? Stay = null, Instant? EnteredAt = null, Instant? ExitedAt = null)
{
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(5);
        writer.WriteInt32((int)Reason);
        writer.WriteInt64(DecidedAt.ToUnixTimeMilliseconds());
        if (Stay is { } stay)
        {
            writer.WriteByteString(stay.ToByteArray());
        }
        else
        {
            writer.WriteNull();
        }

        WriteInstant(writer, EnteredAt);
        WriteInstant(writer, ExitedAt);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    public static StoredAnswer Decode(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new CborReader(content, CborConformanceMode.Canonical);
            reader.ReadStartArray();
            var answer = new StoredAnswer(
                (ScanReason)reader.ReadInt32(),
                Instant.FromUnixTimeMilliseconds(reader.ReadInt64()),
                ReadStay(reader),
                ReadInstant(reader),
                ReadInstant(reader));
            reader.ReadEndArray();
            return answer;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A stored answer is damaged.", e);
        }
    }

    private static void WriteInstant(CborWriter writer, Instant? instant)
    {
        if (instant is { } at)
        {
            writer.WriteInt64(at.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNull();
        }
    }

    private static Instant? ReadInstant(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        return Instant.FromUnixTimeMilliseconds(reader.ReadInt64());
    }

    private static CodeId? ReadStay(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        return new CodeId(reader.ReadByteString());
    }
}
