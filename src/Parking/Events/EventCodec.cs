using System.Collections.Immutable;
using System.Formats.Cbor;
using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Events;

/// <summary>
/// How one event of a timeline is stored. Instants have a precision of one millisecond, and are offsets from the time at which the event
/// occurred.
/// </summary>
/// <remarks>
/// An entry with terms has a kind of its own: a scan with four more elements. So entries from before there were terms are read as they were
/// written. A scan with remarks has one more element at its end: an array of them, each a number and a value, or two. An act names its scan
/// by the scan's position among the events before it. Gate, journal and facility are the scan's, and the act's times are relative to the
/// scan's.
/// </remarks>
internal static class EventCodec
{
    private const int ScanKind = 1;
    private const int ScanLength = 13;
    private const int PricedEntryKind = 2;
    private const int PricedEntryLength = ScanLength + 4;
    private const int LatestAtRemark = 1;
    private const int ParkedByAnotherRemark = 2;
    private const int CodeAliveRemark = 3;
    private const int DisplayedRemark = 4;
    private const int ActKind = 3;
    private const int ActLength = 7;
    private const int ReasonedActLength = ActLength + 1;
    private const int InventoryKind = 4;
    private const int InventoryLength = 10;

    /// <param name="writer">Receives the event.</param>
    /// <param name="recorded">The event.</param>
    /// <param name="timeline">The events among which it is stored, in their order.</param>
    public static void Write(CborWriter writer, GateEvent recorded, ImmutableArray<GateEvent> timeline)
    {
        switch (recorded)
        {
            case ScanEvent scan:
                WriteScan(writer, scan);
                break;
            case ActEvent act:
                WriteAct(writer, act, timeline);
                break;
            case InventoryEvent inventory:
                WriteInventory(writer, inventory);
                break;
            default:
                throw new InvalidOperationException($"{recorded.GetType().Name} is no event of a timeline.");
        }
    }

    /// <param name="reader">Positioned before the event.</param>
    /// <param name="before">The events that are stored before it.</param>
    /// <exception cref="InvalidDataException">The kind of the event is not known.</exception>
    public static GateEvent Read(CborReader reader, IReadOnlyList<GateEvent> before)
    {
        var length = reader.ReadStartArray();
        var kind = reader.ReadInt32();
        GateEvent recorded = (kind, length) switch
        {
            (ScanKind, ScanLength or ScanLength + 1) =>
                ReadScan(reader, hasTerms: false, hasRemarks: length > ScanLength),
            (PricedEntryKind, PricedEntryLength or PricedEntryLength + 1) =>
                ReadScan(reader, hasTerms: true, hasRemarks: length > PricedEntryLength),
            (ActKind, ActLength or ReasonedActLength) => ReadAct(reader, before, hasReason: length == ReasonedActLength),
            (InventoryKind, InventoryLength) => ReadInventory(reader),
            _ => throw new InvalidDataException("A timeline holds an event that this version of the service does not know."),
        };
        reader.ReadEndArray();
        return recorded;
    }

    private static void WriteScan(CborWriter writer, ScanEvent scan)
    {
        var occurredAt = scan.OccurredAt.ToUnixTimeMilliseconds();
        var remarks = RemarksOf(scan).ToList();
        var remarkCount = remarks.Count + (scan.Displayed is null ? 0 : 1);
        writer.WriteStartArray((scan.Terms is null ? ScanLength : PricedEntryLength) + (remarkCount > 0 ? 1 : 0));
        writer.WriteInt32(scan.Terms is null ? ScanKind : PricedEntryKind);
        WriteIdentity(writer, scan);
        writer.WriteInt32((int)scan.Direction);
        writer.WriteInt64(occurredAt);
        writer.WriteInt64(scan.DeviceTime.ToUnixTimeMilliseconds() - occurredAt);
        writer.WriteInt64(scan.Decision.At.ToUnixTimeMilliseconds() - occurredAt);
        writer.WriteInt32((int)scan.Decision.Reason);
        writer.WriteByteString(scan.Code.ToByteArray());
        writer.WriteInt32(scan.Vehicle.Value);
        writer.WriteUInt64(scan.Sent.Value);
        if (scan.Terms is { } terms)
        {
            writer.WriteInt32(terms.TariffVersion);
            writer.WriteInt32((int)terms.VehicleClass);
            writer.WriteInt32(terms.OccupancyPercent);
            writer.WriteTextString(terms.Entitlements.Text);
        }

        if (remarkCount > 0)
        {
            writer.WriteStartArray(remarkCount);
            foreach (var (remark, value) in remarks)
            {
                writer.WriteStartArray(2);
                writer.WriteInt32(remark);
                writer.WriteInt64(value);
                writer.WriteEndArray();
            }

            if (scan.Displayed is { } fee)
            {
                writer.WriteStartArray(3);
                writer.WriteInt32(DisplayedRemark);
                writer.WriteInt64(fee.Total);
                writer.WriteTextString(fee.Currency);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<(int Remark, long Value)> RemarksOf(ScanEvent scan)
    {
        if (scan.LatestAt is { } latest)
        {
            yield return (LatestAtRemark, latest.ToUnixTimeMilliseconds() - scan.OccurredAt.ToUnixTimeMilliseconds());
        }

        if (scan.IsPlateParkedByAnother)
        {
            yield return (ParkedByAnotherRemark, 1);
        }

        if (scan.WasCodeAlive)
        {
            yield return (CodeAliveRemark, 1);
        }
    }

    private static ScanEvent ReadRemarks(CborReader reader, ScanEvent scan)
    {
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            reader.ReadStartArray();
            scan = (reader.ReadInt32(), reader.ReadInt64()) switch
            {
                (LatestAtRemark, var later) => scan with { LatestAt = scan.OccurredAt + Duration.FromMilliseconds(later) },
                (ParkedByAnotherRemark, 1) => scan with { IsPlateParkedByAnother = true },
                (CodeAliveRemark, 1) => scan with { WasCodeAlive = true },
                (DisplayedRemark, var total) => scan with { Displayed = new(total, reader.ReadTextString()) },
                var (remark, _) => throw new InvalidDataException(
                    $"A timeline holds a remark that this version of the service does not know: {remark}."),
            };
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return scan;
    }

    private static ScanEvent ReadScan(CborReader reader, bool hasTerms, bool hasRemarks)
    {
        var (id, facility) = ReadIdentity(reader);
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
            Sent = new(reader.ReadUInt64()),
            Terms = hasTerms ? ReadTerms(reader) : null,
        };
        return hasRemarks ? ReadRemarks(reader, scan) : scan;
    }

    private static EntryTerms ReadTerms(CborReader reader) =>
        new(reader.ReadInt32(), Known((VehicleClass)reader.ReadInt32()), reader.ReadInt32(), Entitlements.Of(reader.ReadTextString()));

    private static void WriteAct(CborWriter writer, ActEvent act, ImmutableArray<GateEvent> timeline)
    {
        var at = 0;
        while (timeline[at].Id != act.Scan)
        {
            at++;
        }

        var scan = timeline[at];
        var occurredAt = act.OccurredAt.ToUnixTimeMilliseconds();
        writer.WriteStartArray(act.Reason is null ? ActLength : ReasonedActLength);
        writer.WriteInt32(ActKind);
        writer.WriteInt32(at);
        writer.WriteInt32((int)act.Act);
        writer.WriteInt64(act.Id.Seq - scan.Id.Seq);
        writer.WriteInt64(occurredAt - scan.OccurredAt.ToUnixTimeMilliseconds());
        writer.WriteInt64((long)(act.ClockOffset - scan.ClockOffset).TotalMilliseconds);
        writer.WriteInt64(act.TakenInAt.ToUnixTimeMilliseconds() - occurredAt);
        if (act.Reason is not null)
        {
            writer.WriteTextString(act.Reason);
        }

        writer.WriteEndArray();
    }

    private static ActEvent ReadAct(CborReader reader, IReadOnlyList<GateEvent> before, bool hasReason)
    {
        var at = reader.ReadInt32();
        var scan = at >= 0 && at < before.Count
            ? before[at]
            : throw new InvalidDataException("A timeline holds an act whose scan is not among the events before it.");
        var act = Known((BarrierAct)reader.ReadInt32());
        var id = scan.Id with { Seq = scan.Id.Seq + reader.ReadInt64() };
        var occurredAt = scan.OccurredAt + Duration.FromMilliseconds(reader.ReadInt64());
        var offset = scan.ClockOffset + Duration.FromMilliseconds(reader.ReadInt64());
        return new()
        {
            Id = id,
            Facility = scan.Facility,
            DeviceTime = occurredAt - offset,
            ClockOffset = offset,
            Act = act,
            Scan = scan.Id,
            TakenInAt = occurredAt + Duration.FromMilliseconds(reader.ReadInt64()),
            Reason = hasReason ? reader.ReadTextString() : null,
        };
    }

    private static void WriteInventory(CborWriter writer, InventoryEvent inventory)
    {
        var occurredAt = inventory.OccurredAt.ToUnixTimeMilliseconds();
        writer.WriteStartArray(InventoryLength);
        writer.WriteInt32(InventoryKind);
        WriteIdentity(writer, inventory);
        writer.WriteInt64(occurredAt);
        writer.WriteInt64(inventory.DeviceTime.ToUnixTimeMilliseconds() - occurredAt);
        writer.WriteInt64(inventory.TakenInAt.ToUnixTimeMilliseconds() - occurredAt);
        writer.WriteUInt64(inventory.Sent.Value);
        writer.WriteStartArray(inventory.Closes.Length);
        foreach (var digest in inventory.Closes)
        {
            writer.WriteUInt64(digest);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static InventoryEvent ReadInventory(CborReader reader)
    {
        var (id, facility) = ReadIdentity(reader);
        var occurredAt = Instant.FromUnixTimeMilliseconds(reader.ReadInt64());
        var deviceLead = Duration.FromMilliseconds(reader.ReadInt64());
        var takenInAt = occurredAt + Duration.FromMilliseconds(reader.ReadInt64());
        var sent = new Fingerprint(reader.ReadUInt64());
        var closes = ImmutableArray.CreateBuilder<ulong>(reader.ReadStartArray() ?? 0);
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            closes.Add(reader.ReadUInt64());
        }

        reader.ReadEndArray();
        return new()
        {
            Id = id,
            Facility = facility,
            DeviceTime = occurredAt + deviceLead,
            ClockOffset = -deviceLead,
            TakenInAt = takenInAt,
            Sent = sent,
            Closes = closes.ToImmutable(),
        };
    }

    private static void WriteIdentity(CborWriter writer, GateEvent recorded)
    {
        writer.WriteTextString(recorded.Id.Gate.Value);
        writer.WriteUInt64(recorded.Id.Journal.Value);
        writer.WriteInt64(recorded.Id.Seq);
        writer.WriteTextString(recorded.Facility.Value);
    }

    private static (GateEventId Id, FacilityId Facility) ReadIdentity(CborReader reader) =>
        (new(new(reader.ReadTextString()), new(reader.ReadUInt64()), reader.ReadInt64()), new(reader.ReadTextString()));

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new InvalidDataException(
                $"A timeline holds a {typeof(T).Name} that this version of the service does not know: {value}.");
}
