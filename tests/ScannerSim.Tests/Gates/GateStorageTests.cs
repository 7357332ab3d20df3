using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A gate starts with whatever is on its disk, and goes on when the disk fails. It says what is wrong.</summary>
public sealed class GateStorageTests : IDisposable
{
    private readonly GateBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    /// <summary>What may be on a disk, by the name of the file that it happens to.</summary>
    public static TheoryData<string, byte[]> Contents => new()
    {
        { "live.log", [] },
        { "live.log", new byte[500] },
        { "live.log", "a technician's notes"u8.ToArray() },
        { "live.log", [.. Enumerable.Repeat((byte)0xff, 4096)] },
        { "archive-0001-000001.log", "a technician's notes"u8.ToArray() },
        { "archive-x.log", [] },
        { "archive-99999999999-1.log", [] },
        { "live.new", new byte[40] },
        { "feed.json", "{}"u8.ToArray() },
        { "feed.json", "{\"eTag\":\"1\"}"u8.ToArray() },
        { "feed.json", [0xff, 0xfe] },
        { "revocations.json", "{}"u8.ToArray() },
        { "revocations.json", [0xff, 0xfe] },
        { "gate.txt", [0xff] },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Exit_WithAnythingOnItsDisk_StartsAndOpens(string file, byte[] content)
    {
        _bench.Settings = _bench.Settings with { Direction = GateDirection.Exit };
        (await _bench.OpenKnowingAsync()).Dispose();
        Put(file, content);

        using var gate = await _bench.OpenAsync();

        Assert.True((await _bench.DriveAsync(gate, _bench.Mint())).IsOpen);
        Assert.True(await gate.DrainAsync(Cancellation));
    }

    [Fact]
    public async Task Journal_WithAnyByteDamaged_CostsNoEventThatCanStillBeRead_AndIsToldToOperators()
    {
        // A scan that only the gate decided, and its acts, are on the disk; the service knows nothing of them.
        string old;
        var code = _bench.Mint();
        using (var gate = await _bench.OpenKnowingAsync())
        {
            _bench.Service.Cable = _ => Trouble.Lost;
            old = gate.Journal;
            await _bench.DriveAsync(gate, code);
            await _bench.DriveAsync(gate, _bench.Mint());
        }
        var live = _bench.Disk.Contents.Single(one => one.Name == "live.log").Bytes;
        _bench.Disk.Damage("live.log", live.AsSpan().IndexOf("\"passed\""u8));

        using var again = await _bench.OpenAsync();
        var known = await _bench.DriveAsync(again, code);
        _bench.Service.Cable = _ => Trouble.None;
        await _bench.WaitAsync(again, TimeSpan.FromMinutes(2));

        Assert.NotEqual(old, again.Journal);
        Assert.Equal((ScanReason.CodeUsed, true), (known.Reason, known.IsLocal));
        var rescued = _bench.Known(old);
        Assert.Contains(rescued, one => one is ReportedScan { Local: ScanReason.OpenedOffline });
        Assert.Contains(rescued, one => one is ReportedAct { Act: BarrierAct.Passed });
        var alarm = Assert.Single(_bench.Known(again.Journal).OfType<ReportedIncident>());
        Assert.Equal(GateIncident.StorageDamaged, alarm.Incident);
        Assert.Contains("live.log, offset ", alarm.Detail, StringComparison.Ordinal);
        Assert.Contains(_bench.Reports, report => report.Contains("damaged-0001-", StringComparison.Ordinal));
        Assert.DoesNotContain(_bench.Disk.Contents, one => one.Name == "damaged-0001-live.log");
        Assert.DoesNotContain(
            _bench.Disk.Contents, one => System.Text.Encoding.Latin1.GetString(one.Bytes).Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Journal_ThatIsDamagedWhileTheServiceIsAway_IsReportedAfterTheNextRestart()
    {
        string old;
        using (var gate = await _bench.OpenKnowingAsync())
        {
            _bench.Service.Cable = _ => Trouble.Lost;
            old = gate.Journal;
            await _bench.DriveAsync(gate, _bench.Mint());
            await _bench.DriveAsync(gate, _bench.Mint());
        }
        var live = _bench.Disk.Contents.Single(one => one.Name == "live.log").Bytes;
        _bench.Disk.Damage("live.log", live.AsSpan().IndexOf("\"passed\""u8));
        (await _bench.OpenAsync()).Dispose();
        _bench.Disk.Crash();
        _bench.Service.Cable = _ => Trouble.None;

        using var again = await _bench.OpenAsync();
        await _bench.WaitAsync(again, TimeSpan.FromMinutes(1));

        Assert.NotEmpty(_bench.Known(old));
        Assert.Single(_bench.Known(again.Journal).OfType<ReportedIncident>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exit_WithADiskThatCannotBeWritten_OpensAndSaysSo(bool hasFeed)
    {
        _bench.Settings = _bench.Settings with { Direction = GateDirection.Exit };
        if (hasFeed)
        {
            (await _bench.OpenKnowingAsync()).Dispose();
            _bench.Service.Cable = _ => Trouble.Lost;
        }
        _bench.Disk.IsReadOnly = true;

        using var gate = await _bench.OpenAsync();
        Assert.True((await _bench.DriveAsync(gate, _bench.Mint())).IsOpen);
        _bench.Service.Cable = _ => Trouble.None;
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));

        Assert.Equal(GateIncident.StorageDamaged, Assert.Single(_bench.Known(gate.Journal).OfType<ReportedIncident>()).Incident);
        Assert.Contains(_bench.Reports, report => report.Contains("in memory", StringComparison.Ordinal));
        GateBench.AssertWhole(_bench.Known(gate.Journal));
    }

    [Fact]
    public async Task Gate_WhoseDiskFillsUp_GoesOnInMemoryUnderTheSameNumbers_AndRestartsWithoutADoubledEvent()
    {
        var code = _bench.Mint();
        string journal;
        using (var gate = await _bench.OpenKnowingAsync())
        {
            await _bench.DriveAsync(gate, _bench.Mint());
            journal = gate.Journal;
            _bench.Disk.IsReadOnly = true;

            Assert.True((await _bench.DriveAsync(gate, code)).IsOpen);
            Assert.True((await _bench.DriveAsync(gate, _bench.Mint())).IsOpen);
            await _bench.WaitAsync(gate, TimeSpan.FromMinutes(2));

            Assert.Equal((journal, gate.LastSeq), (gate.Journal, gate.AcknowledgedThrough));
            GateBench.AssertWhole(_bench.Known(journal));
            Assert.Equal(GateIncident.StorageDamaged, Assert.Single(_bench.Known(journal).OfType<ReportedIncident>()).Incident);
        }
        _bench.Disk.IsReadOnly = false;

        // What was in memory is gone. The service has other events under the numbers that the journal on the disk would use next.
        using var again = await _bench.OpenAsync();
        await _bench.DriveAsync(again, _bench.Mint());
        await _bench.WaitAsync(again, TimeSpan.FromMinutes(2));

        Assert.NotEqual(journal, again.Journal);
        Assert.Equal(again.LastSeq, again.AcknowledgedThrough);
        GateBench.AssertWhole(_bench.Known(again.Journal));
    }

    [Fact]
    public async Task Gate_OnADiskThatAnotherProgramHas_DoesNotStart()
    {
        using var disk = new TempFolder();
        using var first = await GateMachine.OpenAsync(_bench.Settings, new DiskFolder(disk.Path), _bench.Http, _bench.Time);

        await Assert.ThrowsAsync<GateFolderInUseException>(
            () => GateMachine.OpenAsync(_bench.Settings, new DiskFolder(disk.Path), _bench.Http, _bench.Time));
    }

    [Fact]
    public async Task Gate_WhoseFolderCannotBeMade_StartsWithoutADisk()
    {
        using var disk = new TempFolder();
        await File.WriteAllTextAsync(disk.PathOf("file"), "in the way", Cancellation);

        using var gate = await GateMachine.OpenAsync(_bench.Settings, new DiskFolder(disk.PathOf("file")), _bench.Http, _bench.Time);

        Assert.True((await _bench.DriveAsync(gate, _bench.Mint())).IsOpen);
    }

    private void Put(string name, byte[] content)
    {
        using var file = _bench.Disk.Open(name);
        file.Truncate(0);
        file.Write(content, 0);
        file.Flush();
        _bench.Disk.Flush();
    }
}
