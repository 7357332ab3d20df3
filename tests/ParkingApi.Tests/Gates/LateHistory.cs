using CsCheck;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>What several gates of two facilities wrote into their journals: scans of one driver, acts, inventories.</summary>
/// <param name="isLive">
/// Whether the gates could reach the service, and asked it as things happened. Otherwise they were cut off, and everything is over.
/// </param>
internal sealed class LateHistory(bool isLive)
{
    public static readonly HolderId Driver = new(0xd21);

    private static readonly string[] Gates = ["small-in-0", "small-in-1", "small-out-0", "large-in-0", "large-out-0", "large-out-1"];

    private static readonly BarrierAct[][] ActsOfOneScan =
    [
        [], [BarrierAct.Opened], [BarrierAct.Opened, BarrierAct.Passed], [BarrierAct.StayedShut], [BarrierAct.Opened, BarrierAct.BackedOut],
        [BarrierAct.StayedShut, BarrierAct.OpenedByHand], [BarrierAct.Passed],
    ];

    private readonly Dictionary<string, long> _lastSeq = [];
    private readonly List<(GateEventId Id, VehicleSlot Vehicle, string Code)> _scans = [];
    private readonly List<(string Gate, ReportedEvent Event)> _events = [];

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyList<(string Gate, ReportedEvent Event)> Events => _events;

    public IReadOnlyDictionary<string, long> LastSeqs => _lastSeq;

    public static Gen<Step[]> GenSteps { get; } = Gen.Select(
            Gen.Int[0, Gates.Length - 1], Gen.Int[0, 5], Gen.Byte[0, 2], Gen.Int[0, 999], Gen.Int[0, ActsOfOneScan.Length - 1])
        .Select((gate, time, vehicle, dice, acts) => new Step(gate, time, vehicle, dice, acts))
        .Array[1, 6];

    /// <param name="world">Mints the codes; any world reads them.</param>
    /// <param name="step">What happened next.</param>
    public void Write(GateWorld world, Step step)
    {
        var gate = Gates[step.Gate];
        if (step.Dice % 6 == 5)
        {
            Write(gate, seq => new ReportedInventory
            {
                Seq = seq,
                DeviceTime = DeviceTime(world, step),
                ClockOffset = OffsetOf(step),
                Closes =
                [
                    .. _scans.Where((_, i) => ((step.Dice >> i) & 1) == 1)
                        .Select(scan => world.Names.NameOf(Driver, scan.Vehicle, scan.Id).ToString()),
                ],
            });
            return;
        }

        var (vehicle, code) = step.Dice % 7 == 0 && _scans.Count > 0
            ? (_scans[0].Vehicle, _scans[0].Code)
            : (new(step.Vehicle), world.Mint(Driver, step.Vehicle, DeviceTime(world, step) + Duration.FromMilliseconds(OffsetOf(step))));
        var shown = Write(gate, seq => new ReportedScan
        {
            Seq = seq,
            DeviceTime = DeviceTime(world, step),
            ClockOffset = OffsetOf(step),
            Code = code,
            Local = isLive ? null : step.Dice % 5 == 0 ? ScanReason.OfflineShut : ScanReason.OpenedOffline,
        });
        _scans.Add((new(new(gate), GateWorld.Journal, shown), vehicle, code));
        foreach (var act in ActsOfOneScan[step.Acts])
        {
            Write(gate, seq => new ReportedAct
            {
                Seq = seq,
                DeviceTime = DeviceTime(world, step) + Duration.FromSeconds(3),
                ClockOffset = OffsetOf(step),
                Act = act,
                Scan = shown,
                Reason = act == BarrierAct.OpenedByHand ? "let in by the attendant" : null,
            });
        }
    }

    private long Write(string gate, Func<long, ReportedEvent> write)
    {
        var seq = _lastSeq[gate] = _lastSeq.GetValueOrDefault(gate) + 1;
        _events.Add((gate, write(seq)));
        return seq;
    }

    /// <summary>Half an hour apart, so that fees differ; few, so that there are ties.</summary>
    private Instant DeviceTime(GateWorld world, Step step) => isLive
        ? world.Now
        : world.Now - Duration.FromHours(20) + Duration.FromMinutes(35 * step.Time) - Duration.FromMilliseconds(OffsetOf(step));

    private long OffsetOf(Step step) => isLive ? 0 : step.Gate * 37_001;

    /// <param name="Gate">At which gate.</param>
    /// <param name="Time">When.</param>
    /// <param name="Vehicle">Whose code is shown.</param>
    /// <param name="Dice">Decides the rest.</param>
    /// <param name="Acts">What the barrier did.</param>
    internal sealed record Step(int Gate, int Time, byte Vehicle, int Dice, int Acts);
}
