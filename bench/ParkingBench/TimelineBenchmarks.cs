using BenchmarkDotNet.Attributes;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Bench;

/// <summary>
/// Every scan reads, folds and writes the timeline of its holder. The timeline is that of a commuter: two stays a day, none of them open.
/// The cases are the first stay, ten days, and the 30 days for which ended stays are kept.
/// </summary>
[MemoryDiagnoser]
public class TimelineBenchmarks
{
    private static readonly Duration BetweenStays = Duration.FromHours(12);
    private static readonly Duration Parked = Duration.FromHours(9);

    private Timeline _timeline = Timeline.Empty;
    private byte[] _stored = [];

    [Params(1, 20, 60)]
    public int Stays { get; set; }

    [GlobalSetup]
    public void Park()
    {
        _timeline = new([.. Enumerable.Range(0, Stays).SelectMany(StayEvents)]);
        _stored = TimelineCodec.Encode(_timeline);
        if (_timeline.Stays.Count != Stays)
        {
            throw new InvalidOperationException($"There are {_timeline.Stays.Count} stays, not {Stays}.");
        }
    }

    [Benchmark(Baseline = true)]
    public object Decode() => TimelineCodec.Decode(_stored);

    [Benchmark]
    public object Fold() => TimelineFold.Fold(_timeline.Events);

    [Benchmark]
    public byte[] Encode() => TimelineCodec.Encode(_timeline);

    private static IEnumerable<ScanEvent> StayEvents(int stay)
    {
        var facility = stay % 2 == 0 ? "home" : "work";
        var enteredAt = SampleCode.Now + (BetweenStays * stay);
        yield return Scan(facility, GateDirection.Entry, enteredAt, (2 * stay) + 1, ScanReason.Entered);
        yield return Scan(facility, GateDirection.Exit, enteredAt + Parked, (2 * stay) + 2, ScanReason.Exited);
    }

    private static ScanEvent Scan(string facility, GateDirection direction, Instant at, int number, ScanReason reason)
    {
        var code = new byte[CodeId.Size];
        BitConverter.TryWriteBytes(code, number);
        return new()
        {
            Id = new(new($"{facility}-{(direction == GateDirection.Entry ? "in" : "out")}-1"), new(0xAA), number),
            Facility = new(facility),
            Direction = direction,
            DeviceTime = at - Duration.FromMilliseconds(40),
            ClockOffset = Duration.FromMilliseconds(40),
            Code = new(code),
            Vehicle = VehicleSlot.None,
            Decision = new(reason, at),
            Sent = new((ulong)number * 31),
        };
    }
}
