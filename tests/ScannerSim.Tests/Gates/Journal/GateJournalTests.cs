using NodaTime;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates.Journal;

public sealed class GateJournalTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);

    private readonly TempFolder _disk = new();

    private string LivePath => _disk.PathOf("live.log");

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Open_OnARealDisk_FindsWhatWasWrittenForItsOwnerOnly()
    {
        string id;
        using (var journal = Open())
        {
            id = journal.Id;
            Append(journal, 3);
            Assert.Throws<GateFolderInUseException>(() => Open());
        }

        using var again = Open();

        Assert.Equal((id, 3), (again.Id, again.LastSeq));
        Assert.Matches("^[0-9a-f]{16}$", id);
        Assert.Equal([1, 2, 3], again.Read(1, 3, 10, 10_000).Select(one => one.Deserialize().Seq));
        Assert.True(
            OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(_disk.Path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) == 0);
    }

    /// <summary>A technician may have put another file there, or the disk returns other bytes: they may be what can be repaired.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(5_000)]
    public void Open_FileWithoutAReadableRecord_IsRefusedAndLeftAsItIs(int length)
    {
        var foreign = new byte[length];
        new Random(length).NextBytes(foreign);
        File.WriteAllBytes(LivePath, foreign);

        Assert.Throws<JournalDamagedException>(() => Open());

        Assert.Equal(foreign, File.ReadAllBytes(LivePath));
    }

    [Fact]
    public void Open_CutOffAtAnyByteOfTheLastRecord_HasAllBefore()
    {
        long before;
        using (var journal = Open())
        {
            Append(journal, 2);
            before = new FileInfo(LivePath).Length;
            Append(journal, 1);
        }
        var whole = File.ReadAllBytes(LivePath);
        for (var length = (int)before; length < whole.Length; length++)
        {
            File.WriteAllBytes(LivePath, whole[..length]);

            using var journal = Open();

            Assert.Equal(2, journal.LastSeq);
            Assert.Equal(before, new FileInfo(LivePath).Length);
        }
    }

    [Fact]
    public void Open_AnyByteInTheMiddleDamaged_IsRefusedNamingFileAndOffset()
    {
        long end;
        using (var journal = Open())
        {
            Append(journal, 2);
            end = new FileInfo(LivePath).Length;
            Append(journal, 2);
        }
        var whole = File.ReadAllBytes(LivePath);
        for (var at = 0; at < end; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x04;
            File.WriteAllBytes(LivePath, damaged);

            var error = Assert.Throws<JournalDamagedException>(() => Open());

            Assert.StartsWith($"{LivePath}, offset ", error.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(LivePath));
        }
    }

    [Fact]
    public void Open_LiveFileMissingBesideAnArchive_IsRefused()
    {
        using (var journal = Open())
        {
            Append(journal, 2);
            Acknowledge(journal, 2);
            journal.Compact(Now, Duration.FromDays(8));
        }
        File.Delete(LivePath);

        Assert.Throws<JournalDamagedException>(() => Open());
    }

    [Fact]
    public void Compact_BeyondTheHorizon_DropsWhatIsAcknowledgedAndNothingElse()
    {
        using var journal = Open();
        Append(journal, 4);
        Acknowledge(journal, 3);
        journal.Compact(Now, Duration.FromHours(48));
        Assert.Equal([1, 2, 3], journal.Read(1, 4, 10, 10_000).Select(one => one.Seq));

        journal.Compact(Now + Duration.FromHours(49), Duration.FromHours(48));

        Assert.Empty(journal.Read(1, 3, 10, 10_000));
        Assert.Equal([4], journal.Read(4, 4, 10, 10_000).Select(one => one.Seq));
        Assert.Equal(5, journal.NextSeq);
    }

    [Fact]
    public void GoBack_WhatAnOlderStoreHas_CountsTheLastMinuteAsNotAcknowledged()
    {
        using var journal = Open();
        Append(journal, 9);
        journal.Acknowledge(new("one", 3, Now));
        journal.Acknowledge(new("one", 6, Now + Duration.FromSeconds(50)));
        journal.Acknowledge(new("one", 8, Now + Duration.FromSeconds(70)));

        journal.GoBack(new("two", 7, Now + Duration.FromHours(5)), null);

        Assert.Equal(("two", 3), (journal.Acknowledged!.Epoch, journal.AcknowledgedThrough));
    }

    [Fact]
    public void GoBack_AfterTheNumberHasFallen_DoesNotTrustWhatWasAcknowledgedBefore()
    {
        using (var journal = Open())
        {
            Append(journal, 9);
            journal.Acknowledge(new("one", 8, Now));
            journal.GoBack(new("two", 3, Now + Duration.FromHours(2)), Now - Duration.FromHours(1));
            journal.Acknowledge(new("two", 3, Now + Duration.FromHours(2)));
            journal.Acknowledge(new("two", 9, Now + Duration.FromHours(3)));
            journal.Compact(Now + Duration.FromHours(3), Duration.FromDays(8));
        }

        using var again = Open();
        again.GoBack(new("three", 9, Now + Duration.FromHours(4)), Now + Duration.FromMinutes(150));

        Assert.Equal(("three", 3), (again.Acknowledged!.Epoch, again.AcknowledgedThrough));
    }

    [Fact]
    public void Append_NumberThatIsNotTheNext_IsRefused()
    {
        using var journal = Open();

        Assert.Throws<ArgumentException>(() => journal.Append(new JournalGroup { Events = [Count(2)] }));
    }

    private GateJournal Open() => GateJournal.Open(new DiskFolder(_disk.Path), JournalIds.CreateRandom);

    private static void Append(GateJournal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            journal.Append(new JournalGroup { Events = [Count(journal.NextSeq)] });
        }
    }

    private static void Acknowledge(GateJournal journal, long through) => journal.Acknowledge(new("one", through, Now));

    private static ReportedInventory Count(long seq) => new() { Seq = seq, DeviceTime = Now, Count = 5 };
}
