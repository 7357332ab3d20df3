using System.Collections.Immutable;
using System.Formats.Cbor;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Holders;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Stays;

/// <summary>
/// How a timeline is stored: CBOR (RFC 8949), <c>[format, [event, …]]</c>, each event an array that begins with its kind. About
/// 85 bytes a scan, a third of what JSON takes. Instants are kept to the millisecond, as offsets from when the event occurred.
/// </summary>
/// <remarks>An entry with terms is a kind of its own, a scan with four more elements: what was stored before there were any is read as it was written.</remarks>
internal static class TimelineCodec
{
    private const int Format = 1;
    private const int ScanKind = 1;
    private const int ScanLength = 13;
    private const int PricedEntryKind = 2;
    private const int PricedEntryLength = ScanLength + 4;

    public static byte[] Encode(Timeline timeline)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(2);
        writer.WriteInt32(Format);
        writer.WriteStartArray(timeline.Events.Length);
        foreach (var recorded in timeline.Events)
        {
            WriteEvent(writer, recorded);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; nothing at all is the empty timeline.</summary>
    /// <exception cref="InvalidDataException">The content is of a newer format, or damaged.</exception>
    public static Timeline Decode(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            return Timeline.Empty;
        }

        try
        {
            var reader = new CborReader(content, CborConformanceMode.Canonical);
            reader.ReadStartArray();
            var format = reader.ReadInt32();
            if (format != Format)
            {
                throw new InvalidDataException($"A timeline is stored in format {format}; this version of the service reads format {Format}.");
            }

            var events = ImmutableArray.CreateBuilder<GateEvent>(reader.ReadStartArray() ?? 0);
            while (reader.PeekState() != CborReaderState.EndArray)
            {
                events.Add(ReadEvent(reader));
            }

            reader.ReadEndArray();
            reader.ReadEndArray();
            return new Timeline(events.ToImmutable());
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A stored timeline is damaged.", e);
        }
    }

    private static void WriteEvent(CborWriter writer, GateEvent recorded)
    {
        var scan = (ScanEvent)recorded;
        var occurredAt = scan.OccurredAt.ToUnixTimeMilliseconds();
        writer.WriteStartArray(scan.Terms is null ? ScanLength : PricedEntryLength);
        writer.WriteInt32(scan.Terms is null ? ScanKind : PricedEntryKind);
        writer.WriteTextString(scan.Id.Gate.Value);
        writer.WriteUInt64(scan.Id.Journal.Value);
        writer.WriteInt64(scan.Id.Seq);
        writer.WriteTextString(scan.Facility.Value);
        writer.WriteInt32((int)scan.Direction);
        writer.WriteInt64(occurredAt);
        writer.WriteInt64(scan.DeviceTime.ToUnixTimeMilliseconds() - occurredAt);
        writer.WriteInt64(scan.Decision.At.ToUnixTimeMilliseconds() - occurredAt);
        writer.WriteInt32((int)scan.Decision.Reason);
        writer.WriteByteString(scan.Code.ToByteArray());
        writer.WriteInt32(scan.Vehicle.Value);
        writer.WriteUInt64(scan.Content.Value);
        if (scan.Terms is { } terms)
        {
            writer.WriteInt32(terms.TariffVersion);
            writer.WriteInt32((int)terms.VehicleClass);
            writer.WriteInt32(terms.OccupancyPercent);
            writer.WriteTextString(terms.Entitlements.Text);
        }

        writer.WriteEndArray();
    }

    private static ScanEvent ReadEvent(CborReader reader)
    {
        var length = reader.ReadStartArray();
        var kind = reader.ReadInt32();
        if ((kind, length) is not ((ScanKind, ScanLength) or (PricedEntryKind, PricedEntryLength)))
        {
            throw new InvalidDataException("A timeline holds an event that this version of the service does not know.");
        }

        var id = new GateEventId(new(reader.ReadTextString()), new(reader.ReadUInt64()), reader.ReadInt64());
        var facility = new FacilityId(reader.ReadTextString());
        var direction = Known((GateDirection)reader.ReadInt32());
        var occurredAt = Instant.FromUnixTimeMilliseconds(reader.ReadInt64());
        var deviceLead = Duration.FromMilliseconds(reader.ReadInt64());
        var decidedAt = occurredAt + Duration.FromMilliseconds(reader.ReadInt64());
        var scan = new ScanEvent
        {
            Id = id,
            Facility = facility,
            Direction = direction,
            DeviceTime = occurredAt + deviceLead,
            ClockOffset = -deviceLead,
            Decision = new(Known((ScanReason)reader.ReadInt32()), decidedAt),
            Code = new(reader.ReadByteString()),
            Vehicle = new(checked((byte)reader.ReadInt32())),
            Content = new(reader.ReadUInt64()),
            Terms = kind == PricedEntryKind ? ReadTerms(reader) : null,
        };
        reader.ReadEndArray();
        return scan;
    }

    private static EntryTerms ReadTerms(CborReader reader) =>
        new(reader.ReadInt32(), Known((VehicleClass)reader.ReadInt32()), reader.ReadInt32(), Entitlements.Of(reader.ReadTextString()));

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new InvalidDataException($"A timeline holds a {typeof(T).Name} that this version of the service does not know: {value}.");
}
