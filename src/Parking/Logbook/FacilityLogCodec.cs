using System.Formats.Cbor;
using NodaTime;
using Parking.Events;

namespace Parking.Logbook;

/// <summary>
/// How a log is stored: CBOR (RFC 8949), <c>[format, [entry, …]]</c>. An entry is
/// <c>[kind, gate, journal, seq, occurred, recorded, count, open stays, scan, text]</c>. Occurred is in Unix milliseconds, recorded in
/// milliseconds after occurred. A missing value is null.
/// </summary>
internal static class FacilityLogCodec
{
    private const int Format = 1;
    private const int EntryLength = 10;

    public static byte[] Encode(FacilityLog log)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(2);
        writer.WriteInt32(Format);
        writer.WriteStartArray(log.Entries.Length);
        foreach (var entry in log.Entries)
        {
            Write(writer, entry);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote. Empty content is the empty log.</summary>
    /// <exception cref="InvalidDataException">The content is of a newer format, or damaged.</exception>
    public static FacilityLog Decode(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            return FacilityLog.Empty;
        }

        try
        {
            var reader = new CborReader(content, CborConformanceMode.Canonical);
            reader.ReadStartArray();
            var format = reader.ReadInt32();
            if (format != Format)
            {
                throw new InvalidDataException(
                    $"A facility's log is stored in format {format}; this version of the service reads format {Format}.");
            }

            var entries = new List<LogEntry>(reader.ReadStartArray() ?? 0);
            while (reader.PeekState() != CborReaderState.EndArray)
            {
                entries.Add(Read(reader));
            }

            reader.ReadEndArray();
            reader.ReadEndArray();
            return new(entries);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A facility's stored log is damaged.", e);
        }
    }

    private static void Write(CborWriter writer, LogEntry entry)
    {
        var occurredAt = entry.OccurredAt.ToUnixTimeMilliseconds();
        writer.WriteStartArray(EntryLength);
        writer.WriteInt32((int)entry.Kind);
        writer.WriteTextString(entry.Id.Gate.Value);
        writer.WriteUInt64(entry.Id.Journal.Value);
        writer.WriteInt64(entry.Id.Seq);
        writer.WriteInt64(occurredAt);
        writer.WriteInt64(entry.RecordedAt.ToUnixTimeMilliseconds() - occurredAt);
        WriteNumber(writer, entry.Count);
        WriteNumber(writer, entry.OpenStays);
        WriteNumber(writer, entry.Scan);
        if (entry.Text is { } text)
        {
            writer.WriteTextString(text);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteEndArray();
    }

    private static LogEntry Read(CborReader reader)
    {
        if (reader.ReadStartArray() != EntryLength || (LogEntryKind)reader.ReadInt32() is var kind && !Enum.IsDefined(kind))
        {
            throw new InvalidDataException("A facility's log holds an entry that this version of the service does not know.");
        }

        var id = new GateEventId(new(reader.ReadTextString()), new(reader.ReadUInt64()), reader.ReadInt64());
        var occurredAt = Instant.FromUnixTimeMilliseconds(reader.ReadInt64());
        var recordedAt = occurredAt + Duration.FromMilliseconds(reader.ReadInt64());
        var entry = LogEntry.Make(id, kind, occurredAt, recordedAt) with
        {
            Count = checked((int?)ReadNumber(reader)),
            OpenStays = checked((int?)ReadNumber(reader)),
            Scan = ReadNumber(reader),
            Text = IsNull(reader) ? null : reader.ReadTextString(),
        };
        reader.ReadEndArray();
        return entry;
    }

    private static void WriteNumber(CborWriter writer, long? number)
    {
        if (number is { } value)
        {
            writer.WriteInt64(value);
        }
        else
        {
            writer.WriteNull();
        }
    }

    private static long? ReadNumber(CborReader reader) => IsNull(reader) ? null : reader.ReadInt64();

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
