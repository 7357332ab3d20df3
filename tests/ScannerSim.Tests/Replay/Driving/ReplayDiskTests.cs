using NodaTime;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;
using Parking.Optics;
using Parking.ScannerSim.Tests.Gates;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.Simulation.Replay.Driving;

namespace Parking.ScannerSim.Tests.Replay.Driving;

/// <summary>What the replay says is lost with the disk of a gate is lost, and the gate reports everything else.</summary>
public class ReplayDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DiskDamage.ChangedBytes)]
    [InlineData(DiskDamage.LostTail)]
    [InlineData(DiskDamage.UnreadablePart)]
    [InlineData(DiskDamage.LostHeader)]
    [InlineData(DiskDamage.DamagedArchive)]
    internal async Task Damage_OfAnyKind_CostsTheUnsentEventsThatItNamesOnly(DiskDamage way)
    {
        var allLost = 0;
        for (var seed = 0; seed < Depth.Walks; seed++)
        {
            using var bench = new GateBench();
            var disk = new ReplayDisk(bench.Disk);
            var (journal, sent, written) = await WriteAsync(bench, disk);

            var (done, lost) = disk.Damage(way, acknowledged: sent, sent, new SeededRandom(seed, "damage", 0));
            await StartAgainAsync(bench, disk);

            var known = bench.Known(journal).Select(IdentityOf).ToHashSet();
            Assert.Equal(way, done);
            Assert.Equal(sent, bench.Known(journal).Count(one => one.Seq <= sent));
            Assert.All(written, one => Assert.Equal(CanBeReported(one, written, lost), known.Contains(IdentityOf(one))));
            allLost += lost.Count;
        }
        Assert.Equal(way == DiskDamage.DamagedArchive, allLost == 0);
    }

    /// <summary>Some vehicles of which the service knows, then some of which only the disk does.</summary>
    private static async Task<(string Journal, long Sent, IReadOnlyList<ReportedEvent> Written)> WriteAsync(
        GateBench bench, ReplayDisk disk)
    {
        using var gate = await GateMachine.OpenAsync(bench.Settings, disk, bench.Http, bench.Time);
        await gate.WorkAsync(Cancellation);
        await bench.DriveAsync(gate, bench.Mint());
        Assert.True(await gate.DrainAsync(Cancellation));
        await bench.DriveAsync(gate, bench.Mint());
        await bench.WaitAsync(gate, TimeSpan.FromSeconds(20));
        var sent = gate.LastSeq;
        Assert.Equal(sent, gate.AcknowledgedThrough);
        bench.Service.Cable = _ => Trouble.Lost;
        for (var vehicle = 0; vehicle < 5; vehicle++)
        {
            await bench.DriveAsync(gate, bench.Mint());
        }
        return (gate.Journal, sent, [.. JournalSalvage.Read(disk.ReadAll("live.log")).Unacknowledged().Select(one => one.Deserialize())]);
    }

    private static async Task StartAgainAsync(GateBench bench, ReplayDisk disk)
    {
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        bench.Service.Cable = _ => Trouble.None;
        using var gate = await GateMachine.OpenAsync(bench.Settings, disk, bench.Http, bench.Time);
        if (gate.IsOpen)
        {
            await gate.MoveAsync(VehicleMove.Passed);
        }
        await bench.WaitAsync(gate, TimeSpan.FromMinutes(2));
        Assert.True(await gate.DrainAsync(Cancellation));
        Assert.False(gate.HasLeftovers);
    }

    /// <summary>An act says nothing without its scan. A scan without a decision and without an act cannot be decided any more.</summary>
    private static bool CanBeReported(ReportedEvent one, IReadOnlyList<ReportedEvent> written, IReadOnlySet<long> lost) =>
        !lost.Contains(one.Seq) && one switch
        {
            ReportedAct act => !lost.Contains(act.Scan!.Value),
            ReportedScan scan => written.OfType<ReportedAct>().Any(act => act.Scan == scan.Seq && !lost.Contains(act.Seq)),
            _ => true,
        };

    /// <summary>A journal that has lost its end gives the same numbers again.</summary>
    private static (long Seq, Instant At) IdentityOf(ReportedEvent one) => (one.Seq, one.DeviceTime);
}
