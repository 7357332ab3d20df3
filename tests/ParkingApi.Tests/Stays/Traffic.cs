using CsCheck;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Api.Tests.Stays;

/// <summary>Scans as tests want to write them: who did what, where, at which second.</summary>
internal static class Traffic
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 24, 8, 0);

    private static readonly string[] Facilities = ["harbour", "museum"];

    public static ScanEvent Entry(
        long second, string facility = "harbour", byte vehicle = 0, long seq = 0, ScanReason reason = ScanReason.Entered) =>
        Scan(GateDirection.Entry, second, facility, vehicle, seq, reason);

    public static ScanEvent Exit(
        long second, string facility = "harbour", byte vehicle = 0, long seq = 0, ScanReason reason = ScanReason.Exited) =>
        Scan(GateDirection.Exit, second, facility, vehicle, seq, reason);

    public static ScanEvent Refusal(long second, ScanReason reason, long seq = 0) =>
        Scan(GateDirection.Entry, second, "harbour", 0, seq, reason);

    /// <summary>What the barrier did after a scan. Its number is the scan's number plus <paramref name="after"/>.</summary>
    public static ActEvent Act(BarrierAct act, ScanEvent scan, long after = 100) => new()
    {
        Id = scan.Id with { Seq = scan.Id.Seq + after },
        Facility = scan.Facility,
        DeviceTime = scan.DeviceTime + Duration.FromSeconds(1),
        ClockOffset = scan.ClockOffset,
        Act = act,
        Scan = scan.Id,
        Reason = act == BarrierAct.OpenedByHand ? "the attendant saw it" : null,
        TakenInAt = scan.OccurredAt + Duration.FromSeconds(2),
    };

    /// <summary>Somebody looked, and did not find the vehicles of the stays that began with these entries.</summary>
    public static InventoryEvent Inventory(long second, string facility, params IEnumerable<ScanEvent> entries) => new()
    {
        Id = new(new($"{facility}-round"), new(8), second + 1),
        Facility = new(facility),
        DeviceTime = Start + Duration.FromSeconds(second),
        ClockOffset = Duration.Zero,
        TakenInAt = Start + Duration.FromSeconds(second),
        Sent = new((ulong)second),
        Closes = [.. entries.Select(entry => entry.Id.Digest()).Distinct().Order()],
    };

    public static Timeline TimelineOf(params GateEvent[] events) => new([.. events]);

    /// <summary>
    /// Small histories of one holder: two facilities, three vehicles, few distinct seconds so that ties are common. Every event has its own
    /// seq.
    /// </summary>
    public static Gen<ScanEvent[]> GenHistory { get; } =
        Gen.Select(Gen.Bool, Gen.Long[0, 6], Gen.Int[0, 1], Gen.Byte[0, 2], Gen.Int[0, 9])
            .Array[0, 9]
            .Select(steps => steps.Select((step, i) => step switch
            {
                (_, var second, var where, var vehicle, 0) => Scan(
                    GateDirection.Entry, second, Facilities[where], vehicle, i + 1, ScanReason.Full),
                (true, var second, var where, var vehicle, _) => Entry(second, Facilities[where], vehicle, i + 1),
                (false, var second, var where, var vehicle, _) => Exit(second, Facilities[where], vehicle, i + 1),
            }).ToArray());

    /// <summary>
    /// Small histories of one holder with everything that can happen: scans that the service decided and scans that gates decided alone,
    /// refusals, the same code at two barriers, acts of every kind (also several on one scan), inventories. An act comes after its scan.
    /// </summary>
    public static Gen<GateEvent[]> GenEvents(int shortest, int longest) =>
        Gen.Select(Gen.Int[0, 13], Gen.Long[0, 4], Gen.Int[0, 1], Gen.Byte[0, 2], Gen.Int[0, 1_000], Gen.Enum<BarrierAct>())
            .Array[shortest, longest]
            .Select(steps =>
            {
                var history = new List<GateEvent>();
                foreach (var (kind, second, where, vehicle, dice, act) in steps)
                {
                    history.Add(Next(history, kind, second, Facilities[where], vehicle, dice, act));
                }

                return history.ToArray();
            });

    private static GateEvent Next(List<GateEvent> history, int kind, long second, string facility, byte vehicle, int dice, BarrierAct act)
    {
        var scans = history.OfType<ScanEvent>().ToList();
        var seq = history.Count + 1;
        if (kind >= 12)
        {
            var inventory = Inventory(second, facility, scans.Where((_, i) => ((dice >> i) & 1) == 1));
            return inventory with { Id = inventory.Id with { Seq = seq } };
        }

        if (kind >= 9 && scans.Count > 0)
        {
            var scan = scans[dice % scans.Count];
            return Act(act, scan, seq * 100);
        }

        var isEntry = kind % 2 == 0;
        var reason = (dice % 6) switch
        {
            0 => isEntry ? ScanReason.Full : ScanReason.CallAttendant,
            1 or 2 => ScanReason.OpenedOffline,
            3 when !isEntry => dice % 4 == 0 ? ScanReason.Expired : ScanReason.OpenedOfflineLate,
            _ => isEntry ? ScanReason.Entered : ScanReason.Exited,
        };
        var shown = isEntry ? Entry(second, facility, vehicle, seq, reason) : Exit(second, facility, vehicle, seq, reason);
        shown = dice % 6 == 1 ? shown with { LatestAt = shown.OccurredAt + Duration.FromSeconds(dice % 10) } : shown;
        return dice % 7 == 0 && scans.Find(scan => scan.Vehicle.Value == vehicle) is { } before ? shown with { Code = before.Code } : shown;
    }

    private static ScanEvent Scan(GateDirection direction, long second, string facility, byte vehicle, long seq, ScanReason reason)
    {
        var gate = $"{facility}-{(direction == GateDirection.Entry ? "in" : "out")}";
        var number = seq == 0 ? second + 1 : seq;
        var at = Start + Duration.FromSeconds(second);
        return new()
        {
            Id = new(new(gate), new(7), number),
            Facility = new(facility),
            Direction = direction,
            DeviceTime = at - Duration.FromMilliseconds(250),
            ClockOffset = Duration.FromMilliseconds(250),
            Code = CodeNumber(((ulong)direction << 60) | ((ulong)vehicle << 50) | (ulong)number),
            Vehicle = new(vehicle),
            Decision = new(reason, at),
            Sent = new((ulong)number * 31),
        };
    }

    private static CodeId CodeNumber(ulong number)
    {
        var bytes = new byte[CodeId.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new(bytes);
    }
}
