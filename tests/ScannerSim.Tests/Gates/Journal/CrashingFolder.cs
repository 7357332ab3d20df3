using Parking.GateProgram.Journal;

namespace Parking.ScannerSim.Tests.Gates.Journal;

/// <summary>
/// A disk in memory whose power can fail at any operation. After a crash, some of the writes that were not flushed exist and some do not;
/// the last write can be torn between sectors. Of the changes of file names that were not flushed, the first few exist.
/// </summary>
internal sealed class CrashingFolder(Random random) : IGateFolder
{
    private readonly List<Action<Dictionary<string, Disk>>> _pendingNames = [];
    private Dictionary<string, Disk> _names = [];
    private Dictionary<string, Disk> _durableNames = [];

    /// <summary>The number of operations until the power fails. It never fails if the value is negative.</summary>
    public int OperationsLeft { get; set; } = -1;

    /// <summary>Whether the disk is full or write-protected: every change fails.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>The number of operations so far.</summary>
    public int Operations { get; private set; }

    /// <summary>Every file's bytes.</summary>
    public IEnumerable<(string Name, byte[] Bytes)> Contents => _names.Select(entry => (entry.Key, entry.Value.Bytes.ToArray()));

    /// <summary>Simulates the state of the disk after the power has returned.</summary>
    public void Crash()
    {
        foreach (var change in _pendingNames.Take(random.Next(_pendingNames.Count + 1)))
        {
            change(_durableNames);
        }
        foreach (var disk in _names.Values.Concat(_durableNames.Values).Distinct())
        {
            disk.Crash(random);
        }
        _pendingNames.Clear();
        _names = new(_durableNames);
        OperationsLeft = -1;
    }

    /// <summary>Changes a byte of a file.</summary>
    public void Damage(string name, int offset) => _names[name].Damage(offset);

    public IReadOnlyList<string> List() => [.. _names.Keys.Order(StringComparer.Ordinal)];

    public IGateFile Open(string name)
    {
        if (!_names.TryGetValue(name, out var disk))
        {
            Spend();
            disk = new Disk();
            Change(names => names[name] = disk);
        }
        return new OpenFile(this, disk);
    }

    public byte[] ReadAll(string name) => [.. _names[name].Bytes];

    public void Replace(string name, string replaced)
    {
        Spend();
        Change(names =>
        {
            // An earlier change of this name may have been lost in the crash.
            if (names.Remove(name, out var moved))
            {
                names[replaced] = moved;
            }
        });
    }

    public void Delete(string name)
    {
        Spend();
        Change(names => names.Remove(name));
    }

    public void Flush()
    {
        Spend();
        _pendingNames.Clear();
        _durableNames = new(_names);
    }

    public string Describe(string name) => $"/gate/{name}";

    private void Change(Action<Dictionary<string, Disk>> change)
    {
        change(_names);
        _pendingNames.Add(change);
    }

    private void RequireWritable()
    {
        if (IsReadOnly)
        {
            throw new IOException("No space left on device.");
        }
    }

    private void Spend()
    {
        RequireWritable();
        Operations++;
        if (OperationsLeft == 0)
        {
            throw new PowerFailure();
        }
        OperationsLeft -= OperationsLeft > 0 ? 1 : 0;
    }

    private sealed class OpenFile(CrashingFolder folder, Disk disk) : IGateFile
    {
        public long Length => disk.Bytes.Count;

        public int Read(Span<byte> buffer, long offset)
        {
            var part = disk.Bytes.Skip((int)offset).Take(buffer.Length).ToArray();
            part.CopyTo(buffer);
            return part.Length;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            // If the power fails during this write, the write may be partly on the disk.
            folder.RequireWritable();
            disk.Write(bytes.ToArray(), (int)offset);
            folder.Spend();
        }

        public void Truncate(long length)
        {
            disk.Truncate((int)length);
            folder.Spend();
        }

        public void Flush()
        {
            folder.Spend();
            disk.Flush();
        }

        public void Dispose()
        {
        }
    }

    /// <summary>The content of a file.</summary>
    private sealed class Disk
    {
        // A small sector, so that the records of a test extend over several sectors.
        private const int Sector = 64;

        private readonly List<Action<List<byte>, Random?>> _pending = [];
        private List<byte> _durable = [];

        public List<byte> Bytes { get; private set; } = [];

        public void Write(byte[] bytes, int offset) => Change((all, torn) =>
        {
            var end = torn is not null && torn.Next(2) == 0 ? torn.Next(bytes.Length + 1) : bytes.Length;
            while (all.Count < offset + end)
            {
                all.Add(0);
            }
            for (var start = 0; start < end; start += Sector)
            {
                // A sector that was not written keeps its old content. Beyond the old end of the file, this is zeros.
                if (torn is null || torn.Next(4) > 0)
                {
                    for (var i = start; i < Math.Min(end, start + Sector); i++)
                    {
                        all[offset + i] = bytes[i];
                    }
                }
            }
        });

        public void Truncate(int length) =>
            Change((all, _) => all.RemoveRange(Math.Min(length, all.Count), Math.Max(0, all.Count - length)));

        public void Flush()
        {
            _pending.Clear();
            _durable = [.. Bytes];
        }

        public void Damage(int offset)
        {
            Bytes[offset] ^= 0x10;
            _durable = [.. Bytes];
        }

        public void Crash(Random random)
        {
            // A disk may reorder writes, so a later write may exist without an earlier one.
            foreach (var change in _pending.Where(_ => random.Next(4) > 0))
            {
                change(_durable, random);
            }
            _pending.Clear();
            Bytes = [.. _durable];
        }

        private void Change(Action<List<byte>, Random?> change)
        {
            change(Bytes, null);
            _pending.Add(change);
        }
    }
}
