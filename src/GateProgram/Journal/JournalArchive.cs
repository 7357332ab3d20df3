using System.Globalization;
using NodaTime;

namespace Parking.GateProgram.Journal;

/// <summary>
/// Acknowledged events without their codes, in append-only files. A file is deleted as a whole when all its events are old enough. Only the
/// range of each file is kept in memory.
/// </summary>
internal sealed class JournalArchive(IGateFolder folder, string journal, int generation)
{
    private const string Prefix = "archive-", Suffix = ".log";
    private const int LongestPart = 1 << 20, EventsPerFrame = 64;

    private static readonly Duration OldestPart = Duration.FromDays(1);

    private readonly List<ArchivePart> _parts = [];

    /// <summary>The number of the newest event; 0 if the archive is empty.</summary>
    public long LastSeq => Own.LastOrDefault()?.LastSeq ?? 0;

    /// <summary>The number of the oldest event; 0 if the archive is empty.</summary>
    public long FirstSeq => Own.FirstOrDefault()?.FirstSeq ?? 0;

    public bool IsEmpty => _parts.Count == 0;

    /// <summary>The files of this journal. Files of earlier journals may exist too.</summary>
    private IEnumerable<ArchivePart> Own => _parts.Where(part => part.Generation == generation);

    public static bool IsPart(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Finds the files and their ranges. Deletes files without events, which a crash can leave behind.</summary>
    /// <exception cref="JournalDamagedException">A file is damaged, or does not continue the file before it.</exception>
    public void Recover()
    {
        foreach (var name in folder.List().Where(IsPart))
        {
            var part = ReadPart(name, null);
            if (part.LastSeq == 0)
            {
                folder.Delete(name);
                continue;
            }
            if (part.Generation == generation && LastSeq > 0 && part.FirstSeq != LastSeq + 1)
            {
                throw new JournalDamagedException(
                    folder.Describe(name), 0, $"Begins with event {part.FirstSeq}, but the file before it ends with {LastSeq}.");
            }
            _parts.Add(part);
        }
    }

    /// <summary>Appends events in order. They are on the disk when this returns.</summary>
    public void Append(IEnumerable<StoredEvent> events, Instant now)
    {
        FrameFile? file = null;
        try
        {
            ArchivePart? part = null;
            var writer = new RecordWriter();
            foreach (var chunk in events.Chunk(EventsPerFrame))
            {
                (file, part) = file is null ? OpenLast(chunk[0].Seq, now) : (file, part);
                writer.Clear();
                foreach (var stored in chunk)
                {
                    writer.AddEvent(stored.Seq, stored.Json.Span);
                    part!.Note(stored.Seq);
                }
                writer.Add(new Acknowledgement("", chunk[^1].Seq, now));
                part!.Note(now);
                file!.Append(writer.Body, flush: false);
                part.Length = file!.Length;
            }
            file?.Flush();
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Reads events from a number on, as many as fit.</summary>
    public IReadOnlyList<StoredEvent> Read(long from, long through, int maxEvents, int maxBytes)
    {
        var found = new List<StoredEvent>();
        var bytes = 0;
        var isFull = false;
        foreach (var part in Own.Where(part => part.LastSeq >= from && part.FirstSeq <= through))
        {
            ReadPart(part.Name, (seq, json) =>
            {
                if (seq >= from && seq <= through && !isFull)
                {
                    isFull = found.Count == maxEvents || (found.Count > 0 && bytes + json.Length > maxBytes);
                    if (!isFull)
                    {
                        found.Add(new StoredEvent(seq, json.ToArray()));
                        bytes += json.Length;
                    }
                }
            });
            if (isFull)
            {
                break;
            }
        }
        return found;
    }

    /// <summary>Deletes files whose events were all moved here before a time and are all acknowledged.</summary>
    public void DropBefore(Instant time, long acknowledgedThrough)
    {
        var old = _parts.Where(part => part.Ended < time && (part.Generation < generation || part.LastSeq <= acknowledgedThrough));
        foreach (var part in old.ToList())
        {
            folder.Delete(part.Name);
            _parts.Remove(part);
        }
    }

    private (FrameFile File, ArchivePart Part) OpenLast(long firstSeq, Instant now)
    {
        if (Own.LastOrDefault() is { Length: < LongestPart } last && now - last.Begun < OldestPart)
        {
            var existing = new FrameFile(folder.Open(last.Name), folder.Describe(last.Name));
            existing.Recover((_, _) => { });
            return (existing, last);
        }
        var number = (Own.LastOrDefault()?.Number ?? 0) + 1;
        var part = new ArchivePart
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{generation:0000}-{number:000000}{Suffix}"),
            Generation = generation,
            Number = number,
        };
        var file = new FrameFile(folder.Open(part.Name), folder.Describe(part.Name));
        var writer = new RecordWriter();
        writer.Add(new JournalHeader(journal, generation, firstSeq));
        file.Append(writer.Body, flush: true);
        folder.Flush();
        _parts.Add(part);
        return (file, part);
    }

    private ArchivePart ReadPart(string name, ArchiveVisitor? visit)
    {
        var numbers = name[Prefix.Length..^Suffix.Length].Split('-');
        var part = new ArchivePart
        {
            Name = name,
            Generation = int.Parse(numbers[0], CultureInfo.InvariantCulture),
            Number = int.Parse(numbers[1], CultureInfo.InvariantCulture),
        };
        using var file = new FrameFile(folder.Open(name), folder.Describe(name));
        file.Recover((offset, body) =>
        {
            var records = new RecordReader(body);
            while (records.MoveNext())
            {
                switch (records.Kind)
                {
                    case RecordKind.Header:
                        // Reading the header refuses a file of another format version, whose events could otherwise be misread.
                        records.ReadHeader();
                        break;
                    case RecordKind.Event when part.LastSeq > 0 && records.ReadSeq() != part.LastSeq + 1:
                        throw new JournalDamagedException(
                            folder.Describe(name), offset, $"Event {records.ReadSeq()} follows {part.LastSeq}.");
                    case RecordKind.Event:
                        part.Note(records.ReadSeq());
                        visit?.Invoke(records.ReadSeq(), records.ReadJson());
                        break;
                    case RecordKind.Acknowledged:
                        part.Note(records.ReadAcknowledgement().At);
                        break;
                }
            }
        });
        part.Length = file.Length;
        return part;
    }

    private delegate void ArchiveVisitor(long seq, ReadOnlySpan<byte> json);
}
