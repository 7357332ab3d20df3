using System.Formats.Cbor;
using NodaTime;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Commands;

/// <summary>
/// How a command is stored: CBOR (RFC 8949),
/// <c>[format, id, gate, command, stay, reason, seconds, staff, queued, grant, end, duty]</c>. A grant is <c>[journal, seq, at]</c>, an end
/// <c>[at, obstacle]</c>. Times are in Unix milliseconds. A missing value is null; the duty is then left out.
/// </summary>
public static class CommandCodec
{
    private const int Format = 1;
    private const int Length = 11, LengthWithDuty = 12;

    public static byte[] Encode(CommandRecord command)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(command.Duty is null ? Length : LengthWithDuty);
        writer.WriteInt32(Format);
        writer.WriteTextString(command.Id.Value);
        writer.WriteTextString(command.Gate.Value);
        writer.WriteInt32((int)command.Command);
        WriteOrNull(writer, command.Stay, writer.WriteTextString);
        writer.WriteTextString(command.Reason);
        WriteOrNull(writer, command.Seconds, seconds => writer.WriteInt32(seconds!.Value));
        writer.WriteTextString(command.Staff);
        writer.WriteInt64(command.QueuedAt.ToUnixTimeMilliseconds());
        WriteOrNull(writer, command.Grant, grant =>
        {
            writer.WriteStartArray(3);
            writer.WriteUInt64(grant.Journal.Value);
            writer.WriteInt64(grant.Seq);
            writer.WriteInt64(grant.At.ToUnixTimeMilliseconds());
            writer.WriteEndArray();
        });
        WriteOrNull(writer, command.End, end =>
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(end.At.ToUnixTimeMilliseconds());
            WriteOrNull(writer, end.Obstacle, obstacle => writer.WriteInt32((int)obstacle!.Value));
            writer.WriteEndArray();
        });
        if (command.Duty is { } duty)
        {
            writer.WriteTextString(duty);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The content is of a newer format, or damaged.</exception>
    public static CommandRecord Decode(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new CborReader(content, CborConformanceMode.Canonical);
            var length = reader.ReadStartArray();
            if (reader.ReadInt32() is var format && (format != Format || length is not (Length or LengthWithDuty)))
            {
                throw new InvalidDataException(
                    $"A command is stored in format {format}; this version of the service reads format {Format}.");
            }

            return Read(reader, hasDuty: length == LengthWithDuty);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException
            or FormatException)
        {
            throw new InvalidDataException("A stored command is damaged.", e);
        }
    }

    private static CommandRecord Read(CborReader reader, bool hasDuty) => new()
    {
        Id = CommandId.Parse(reader.ReadTextString()),
        Gate = new(reader.ReadTextString()),
        Command = (BarrierCommand)reader.ReadInt32(),
        Stay = IsNull(reader) ? null : reader.ReadTextString(),
        Reason = reader.ReadTextString(),
        Seconds = IsNull(reader) ? null : reader.ReadInt32(),
        Staff = reader.ReadTextString(),
        QueuedAt = ReadInstant(reader),
        Grant = IsNull(reader) ? null : ReadGrant(reader),
        End = IsNull(reader) ? null : ReadEnd(reader),
        Duty = hasDuty ? reader.ReadTextString() : null,
    };

    private static CommandGrant ReadGrant(CborReader reader)
    {
        reader.ReadStartArray();
        var grant = new CommandGrant(new(reader.ReadUInt64()), reader.ReadInt64(), ReadInstant(reader));
        reader.ReadEndArray();
        return grant;
    }

    private static CommandEnd ReadEnd(CborReader reader)
    {
        reader.ReadStartArray();
        var end = new CommandEnd(ReadInstant(reader), IsNull(reader) ? null : (CommandObstacle)reader.ReadInt32());
        reader.ReadEndArray();
        return end;
    }

    private static Instant ReadInstant(CborReader reader) => Instant.FromUnixTimeMilliseconds(reader.ReadInt64());

    private static void WriteOrNull<T>(CborWriter writer, T? value, Action<T> write)
    {
        if (value is null)
        {
            writer.WriteNull();
        }
        else
        {
            write(value);
        }
    }

    /// <summary>Reads a null if there is one, and returns whether there was.</summary>
    private static bool IsNull(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return false;
        }

        reader.ReadNull();
        return true;
    }
}
