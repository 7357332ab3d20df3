using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>Writes a new live file: an empty one, or one that replaces another.</summary>
internal sealed partial class LiveFile
{
    private const int BytesPerFrame = 32 << 10;

    /// <summary>Creates a new file. It is on the disk when this returns, under a temporary name.</summary>
    public static LiveFile Create(IGateFolder folder, string name, JournalHeader header, IReadOnlyList<Opening> openings) =>
        Write(folder, name, header, next => AddOpenings(next, openings));

    /// <summary>Writes a new file with the events from a number on and everything known about them.</summary>
    public LiveFile CopyFrom(long first, IGateFolder folder, string name) =>
        Write(folder, name, new JournalHeader(Journal, Generation, first, LastClockOffset, Standing, IsCutOff, IsFaulty), next =>
        {
            foreach (var mark in Marks.All)
            {
                next._writer.Add(mark);
            }
            AddOpenings(next, Openings.All);
            for (var seq = first; seq <= LastSeq; seq++)
            {
                var entry = _entries[Index(seq)];
                next._writer.AddEvent(seq, _file.Read(entry.Offset, entry.Length));
                if (entry.Local != 0)
                {
                    next._writer.Add(new LocalDecision(seq, entry.Local));
                }
                if (entry.IsAnswered)
                {
                    next._writer.Add(new StoredAnswer(seq, entry.Decision, entry.Reason, ReadDecisionToken(entry)));
                }
                next.WriteIfLong();
            }
        });

    /// <summary>Writes the file of a new journal, with the events that the service has not taken.</summary>
    public LiveFile CarryOver(
        JournalHeader header, Func<long, bool> isDealtWith, Dictionary<long, long> numbers, IGateFolder folder, string name) =>
        Write(folder, name, header, next =>
        {
            AddOpenings(next, Openings.All);
            for (var seq = Math.Max(FirstSeq, AcknowledgedThrough + 1); seq <= LastSeq; seq++)
            {
                if (!isDealtWith(seq)
                    && Renumbering.Renumber(ReadAsDecided(seq), EventSequence.First + numbers.Count, numbers) is { } carried)
                {
                    numbers[seq] = carried.Seq;
                    next._writer.AddEvent(carried.Seq, StoredEvent.Serialize(carried));
                    next.WriteIfLong();
                }
            }
        });

    private static LiveFile Write(IGateFolder folder, string name, JournalHeader header, Action<LiveFile> write)
    {
        var next = new LiveFile(new FrameFile(folder.Open(name), folder.Describe(name)));
        try
        {
            next._writer.Add(header);
            write(next);
            next.Write(flush: true);
            // The seal is written after everything else is flushed. So a bad frame before the seal is recognised as damage.
            next._writer.Clear();
            next._writer.AddSeal();
            next.Write(flush: true);
            return next;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    private static void AddOpenings(LiveFile next, IReadOnlyList<Opening> openings)
    {
        foreach (var opening in openings)
        {
            next._writer.Add(opening);
        }
    }

    private void WriteIfLong()
    {
        if (_writer.Body.Length > BytesPerFrame)
        {
            Write(flush: false);
            _writer.Clear();
        }
    }
}
