using System.Buffers.Text;
using Parking.GateProgram.Journal;
using Parking.Optics;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// The disk of a gate. It notes which events are in what was written, so that it is known what is lost when it is damaged, whatever the
/// gate's program makes of the rest.
/// </summary>
/// <param name="disk">Has the files.</param>
internal sealed class ReplayDisk(IGateFolder disk) : IGateFolder
{
    private const string LiveName = "live.log", ArchivePrefix = "archive-";
    private const int MostChanged = 3, MostUnreadable = 4, HeaderLength = 64;

    private readonly Dictionary<string, List<DiskWrite>> _writes = [];

    public IReadOnlyList<string> List() => disk.List();

    public IGateFile Open(string name) => new NotedFile(disk.Open(name), WritesOf(name));

    public byte[] ReadAll(string name) => disk.ReadAll(name);

    public void Replace(string name, string replaced)
    {
        disk.Replace(name, replaced);
        _writes[replaced] = WritesOf(name);
        _writes.Remove(name);
    }

    public void Delete(string name)
    {
        disk.Delete(name);
        _writes.Remove(name);
    }

    public void Flush() => disk.Flush();

    public string Describe(string name) => disk.Describe(name);

    /// <summary>
    /// Damages the journal. No other program may have it open. Of what the service may not have, only events that it cannot have are
    /// damaged.
    /// </summary>
    /// <param name="way">How. Another way is taken where this one is not possible.</param>
    /// <param name="acknowledged">The service has acknowledged all events up to and including this number.</param>
    /// <param name="sent">The service cannot have any event above this number.</param>
    /// <param name="random">Determines the places.</param>
    /// <returns>How it was damaged, and the numbers of the events that are lost.</returns>
    public (DiskDamage Way, IReadOnlySet<long> Lost) Damage(DiskDamage way, long acknowledged, long sent, SeededRandom random)
    {
        var unsent = WritesOf(LiveName).FindAll(write => write.First > sent);
        return way switch
        {
            DiskDamage.LostTail when unsent.Count > 0 => (way, LoseTail(unsent, random)),
            DiskDamage.UnreadablePart when unsent.Count > 0 => (way, MakeUnreadable(unsent, random)),
            DiskDamage.LostHeader when acknowledged >= sent => (way, LoseHeader(unsent)),
            DiskDamage.DamagedArchive when disk.List().FirstOrDefault(name => name.StartsWith(ArchivePrefix, StringComparison.Ordinal))
                is { } archive => (way, DamageArchive(archive)),
            _ => (DiskDamage.ChangedBytes, ChangeBytes(unsent, acknowledged, random)),
        };
    }

    private HashSet<long> LoseTail(List<DiskWrite> unsent, SeededRandom random)
    {
        var from = random.Below(unsent.Count);
        using var file = Open(LiveName);
        file.Truncate(unsent[from].Middle);
        return [.. unsent.Skip(from).SelectMany(write => write.Events)];
    }

    private HashSet<long> MakeUnreadable(List<DiskWrite> unsent, SeededRandom random)
    {
        var from = random.Below(unsent.Count);
        var lost = unsent.Skip(from).Take(1 + random.Below(MostUnreadable)).ToList();
        using var file = disk.Open(LiveName);
        file.Write(new byte[lost[^1].Offset + lost[^1].Length - lost[0].Middle], lost[0].Middle);
        return [.. lost.SelectMany(write => write.Events)];
    }

    private HashSet<long> LoseHeader(List<DiskWrite> unsent)
    {
        using var file = disk.Open(LiveName);
        file.Write(Enumerable.Repeat(byte.MaxValue, HeaderLength).ToArray(), 0);
        return [.. unsent.SelectMany(write => write.Events)];
    }

    private HashSet<long> DamageArchive(string name)
    {
        using var file = disk.Open(name);
        Change(file, file.Length / 2);
        return [];
    }

    private HashSet<long> ChangeBytes(List<DiskWrite> unsent, long acknowledged, SeededRandom random)
    {
        var known = WritesOf(LiveName).FindAll(write => write.First > 0 && write.Last <= acknowledged);
        var lost = Enumerable.Range(0, unsent.Count == 0 ? 0 : MostChanged)
            .Select(_ => unsent[random.Below(unsent.Count)]).Distinct().ToList();
        using var file = disk.Open(LiveName);
        foreach (var write in lost.Concat(known.Skip(known.Count / 2).Take(1)))
        {
            Change(file, write.Middle);
        }
        return [.. lost.SelectMany(write => write.Events)];
    }

    private static void Change(IGateFile file, long offset)
    {
        var changed = new byte[1];
        file.Read(changed, offset);
        changed[0] ^= 1;
        file.Write(changed, offset);
    }

    private List<DiskWrite> WritesOf(string name)
    {
        if (!_writes.TryGetValue(name, out var writes))
        {
            writes = _writes[name] = [];
        }
        return writes;
    }

    /// <summary>Notes what is written to a file.</summary>
    private sealed class NotedFile(IGateFile file, List<DiskWrite> writes) : IGateFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            file.Write(bytes, offset);
            writes.Add(DiskWrite.Of(bytes, offset));
        }

        public void Truncate(long length)
        {
            file.Truncate(length);
            writes.RemoveAll(write => write.Offset + write.Length > length);
        }

        public void Flush() => file.Flush();

        public void Dispose() => file.Dispose();
    }
}

/// <summary>The ways in which the disk of a gate is damaged.</summary>
internal enum DiskDamage
{
    /// <summary>Single bytes have changed, in events that the service has and in some that it does not have.</summary>
    ChangedBytes,

    /// <summary>The end of the journal is missing.</summary>
    LostTail,

    /// <summary>A part of the journal reads as zeros.</summary>
    UnreadablePart,

    /// <summary>The beginning of the journal is overwritten, so that nobody knows which journal it was.</summary>
    LostHeader,

    /// <summary>A byte has changed in the archive, where all events are acknowledged.</summary>
    DamagedArchive,
}

/// <summary>One write to a file.</summary>
/// <param name="Offset">Where.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="First">The number of the first event in it; 0 if it has none.</param>
/// <param name="Last">The number of the last event in it.</param>
internal sealed record DiskWrite(long Offset, int Length, long First, long Last)
{
    public long Middle => Offset + (Length / 2);

    /// <summary>The numbers of its events.</summary>
    public IEnumerable<long> Events
    {
        get
        {
            for (var seq = First; seq > 0 && seq <= Last; seq++)
            {
                yield return seq;
            }
        }
    }

    /// <summary>Finds the events in what a gate writes: JSON, in order and without a gap.</summary>
    public static DiskWrite Of(ReadOnlySpan<byte> bytes, long offset) =>
        new(offset, bytes.Length, Read(bytes, bytes.IndexOf(Seq)), Read(bytes, bytes.LastIndexOf(Seq)));

    private static ReadOnlySpan<byte> Seq => "\"seq\":"u8;

    private static long Read(ReadOnlySpan<byte> bytes, int at) =>
        at >= 0 && Utf8Parser.TryParse(bytes[(at + Seq.Length)..], out long seq, out _) ? seq : 0;
}
