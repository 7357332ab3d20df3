using CsCheck;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Stays;

/// <summary>Scans as tests want to write them: who did what, where, at which second.</summary>
internal static class Traffic
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 24, 8, 0);

    private static readonly string[] Facilities = ["harbour", "museum"];

    public static ScanEvent Entry(long second, string facility = "harbour", byte vehicle = 0, long seq = 0, ScanReason reason = ScanReason.Entered) =>
        Scan(GateDirection.Entry, second, facility, vehicle, seq, reason);

    public static ScanEvent Exit(long second, string facility = "harbour", byte vehicle = 0, long seq = 0, ScanReason reason = ScanReason.Exited) =>
        Scan(GateDirection.Exit, second, facility, vehicle, seq, reason);

    public static ScanEvent Refusal(long second, ScanReason reason, long seq = 0) =>
        Scan(GateDirection.Entry, second, "harbour", 0, seq, reason);

    public static Timeline TimelineOf(params GateEvent[] events) => new([.. events]);

    /// <summary>Small histories of one holder: two facilities, three vehicles, few distinct seconds so that ties are common. Every event has its own seq.</summary>
    public static Gen<ScanEvent[]> GenHistory { get; } =
        Gen.Select(Gen.Bool, Gen.Long[0, 6], Gen.Int[0, 1], Gen.Byte[0, 2], Gen.Int[0, 9])
            .Array[0, 9]
            .Select(steps => steps.Select((step, i) => step switch
            {
                (_, var second, var where, var vehicle, 0) => Scan(GateDirection.Entry, second, Facilities[where], vehicle, i + 1, ScanReason.Full),
                (true, var second, var where, var vehicle, _) => Entry(second, Facilities[where], vehicle, i + 1),
                (false, var second, var where, var vehicle, _) => Exit(second, Facilities[where], vehicle, i + 1),
            }).ToArray());

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
            Content = new((ulong)number * 31),
        };
    }

    private static CodeId CodeNumber(ulong number)
    {
        var bytes = new byte[CodeId.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new(bytes);
    }
}
