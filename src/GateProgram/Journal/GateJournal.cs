using NodaTime;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>
/// A gate's events on its own disk. What was appended is there after any crash, in order and without a gap; what was not yet, is not there
/// at all. Safe to use from many threads.
/// </summary>
/// <remarks>
/// <para>Two kinds of files. The live one (<c>live.log</c>) has what was written since it was last rewritten: events as they were made,
/// codes included, and what became known of them since. Rewriting moves what is acknowledged into the archive, without codes, and leaves
/// the rest in a new live file, which replaces the old one in one step. A crash between the two leaves events in both: those in the archive
/// count.</para>
/// <para>Events are flushed before <see cref="Append"/> returns. Answers and acknowledgements are not: forgotten, they are only asked for
/// again.</para>
/// </remarks>
internal sealed class GateJournal : IDisposable
{
    private const string LiveName = "live.log", NextName = "live.new";

    private readonly Lock _gate = new();
    private readonly IGateFolder _folder;
    private readonly Func<string> _createId;

    private LiveFile _live;
    private JournalArchive _archive;
    private bool _isBroken;

    private GateJournal(IGateFolder folder, Func<string> createId, LiveFile live, JournalArchive archive)
    {
        (_folder, _createId, _live, _archive) = (folder, createId, live, archive);
        // After a crash between the two steps of rewriting, the live file still begins with events that the archive has.
        Redo = archive.LastSeq >= live.FirstSeq;
    }

    /// <summary>16 lowercase hexadecimal digits.</summary>
    public string Id => Locked(() => _live.Journal);

    /// <summary>The number of the newest event; 0: none yet.</summary>
    public long LastSeq => Locked(() => _live.LastSeq);

    /// <summary>The number that the next event has.</summary>
    public long NextSeq => Locked(() => _live.LastSeq + 1);

    /// <summary>The number of the oldest event that is still here; that of the next one if there is none.</summary>
    public long FirstSeq => Locked(() => _archive.FirstSeq > 0 ? _archive.FirstSeq : _live.FirstSeq);

    /// <summary>The last acknowledgement; null before the first.</summary>
    public Acknowledgement? Acknowledged => Locked(() => _live.Marks.Last);

    /// <summary>The service has answered for every event up to and including this one.</summary>
    public long AcknowledgedThrough => Locked(() => _live.AcknowledgedThrough);

    /// <summary>The vehicle before the gate, by what is written.</summary>
    public StandingScan? Standing => Locked(() => _live.Standing);

    /// <summary>Whether the gate had lost the service, by its last word on that.</summary>
    public bool IsCutOff => Locked(() => _live.IsCutOff);

    /// <summary>Whether the barrier is broken, by the gate's last word on that.</summary>
    public bool IsFaulty => Locked(() => _live.IsFaulty);

    /// <summary>What the gate has opened for, as far as it still matters.</summary>
    public OwnOpenings Openings => Locked(() => _live.Openings);

    /// <summary>How many acknowledged events, codes included, the live file still has.</summary>
    public long Acknowledgeable => Locked(() => Redo ? 1 : Math.Max(0, _live.AcknowledgedThrough - _live.FirstSeq + 1));

    /// <summary>
    /// The newest event's clock offset, for a gate that has not met the service since it was started; 0 if there is no event.
    /// </summary>
    public long LastClockOffset => Locked(() => _live.LastClockOffset);

    private bool Redo { get; set; }

    /// <summary>Opens a gate's journal; makes it where there is none.</summary>
    /// <param name="folder">The gate's folder.</param>
    /// <param name="createId">Draws an id for a new journal.</param>
    /// <exception cref="JournalDamagedException">What was surely on the disk is damaged.</exception>
    public static GateJournal Open(IGateFolder folder, Func<string> createId)
    {
        var names = folder.List();
        if (names.Contains(NextName))
        {
            // It never became the live file.
            folder.Delete(NextName);
        }
        if (!names.Contains(LiveName))
        {
            if (names.Any(JournalArchive.IsPart))
            {
                throw new JournalDamagedException(folder.Describe(LiveName), 0, "It is missing, but there is an archive.");
            }
            LiveFile.Create(folder, NextName, new JournalHeader(createId(), 1, EventSequence.First)).Dispose();
            folder.Replace(NextName, LiveName);
            folder.Flush();
        }
        var live = LiveFile.Recover(folder, LiveName);
        try
        {
            var archive = new JournalArchive(folder, live.Journal, live.Generation);
            archive.Recover();
            if (live.FirstSeq > EventSequence.First && archive.LastSeq > 0 && archive.LastSeq < live.FirstSeq - 1)
            {
                throw new JournalDamagedException(
                    folder.Describe(LiveName), 0, $"Begins with event {live.FirstSeq}, but the archive ends with {archive.LastSeq}.");
            }
            return new GateJournal(folder, createId, live, archive);
        }
        catch
        {
            live.Dispose();
            throw;
        }
    }

    /// <summary>Writes a group. When this returns it is on the disk.</summary>
    /// <exception cref="IOException">It may or may not be there: the journal must be opened again.</exception>
    public void Append(JournalGroup group) => Change(() => _live.Append(group));

    /// <summary>Remembers what was answered to a scan, if nothing was before.</summary>
    public void NoteAnswer(StoredAnswer answer) => Change(() => _live.NoteAnswer(answer));

    /// <summary>Remembers that the service has everything up to a number, which never falls within an epoch.</summary>
    public void Acknowledge(Acknowledgement mark) => Change(() =>
    {
        if (mark.Through > _live.AcknowledgedThrough || _live.Marks.Last is null)
        {
            _live.Acknowledge(mark with { Through = Math.Min(mark.Through, _live.LastSeq) });
        }
    });

    /// <summary>
    /// The service's store has begun a new life and may have lost its last moments: what it does not have any more, and what it
    /// acknowledged in the minute before, is as if never acknowledged.
    /// </summary>
    /// <param name="mark">What the service says it still has.</param>
    public void GoBack(Acknowledgement mark) => Change(() =>
    {
        _live.GoBack(mark with { Through = Math.Max(FirstSeq - 1, Math.Min(mark.Through, _live.Marks.LongAgo)) });
    });

    /// <summary>Within an epoch, the service asks for an event that it has acknowledged before.</summary>
    public void GoBackTo(long seq) => Change(() =>
    {
        if (_live.Marks.Last is { } last && seq <= last.Through)
        {
            _live.GoBack(last with { Through = seq - 1 });
        }
    });

    /// <summary>
    /// Events in order, from a number on, as they are to be sent; fewer than asked for where that many would be too large, or lie in
    /// another file.
    /// </summary>
    public IReadOnlyList<StoredEvent> Read(long from, long through, int maxEvents, int maxBytes) => Locked(() =>
        from >= _live.FirstSeq
            ? _live.Read(from, through, maxEvents, maxBytes)
            : _archive.Read(from, Math.Min(through, _live.FirstSeq - 1), maxEvents, maxBytes));

    /// <summary>Wipes the codes of what is acknowledged, and drops what need not be kept any more.</summary>
    /// <param name="now">True time as the gate knows it.</param>
    /// <param name="keep">How long events are kept beyond their acknowledgement.</param>
    public void Compact(Instant now, Duration keep) => Change(() =>
    {
        var through = Math.Max(_archive.LastSeq, Math.Min(_live.AcknowledgedThrough, _live.LastSeq));
        _archive.Append(_live.ReadWiped(Math.Max(_archive.LastSeq + 1, _live.FirstSeq), through), now);
        _live.Openings.Forget(now);
        Swap(_live.CopyFrom(Math.Max(_live.FirstSeq, through + 1), _folder, NextName));
        _archive.DropBefore(now - keep, _live.AcknowledgedThrough);
        Redo = false;
    });

    /// <summary>
    /// Another content stands under an identity of this journal, so its numbers are worth nothing any more: begins a new journal. What the
    /// service has not dealt with is written into it, with new numbers; an act whose scan stays behind cannot be told any more.
    /// </summary>
    /// <param name="isDealtWith">Whether the service has taken an event of the old journal.</param>
    /// <returns>The new numbers by the old ones.</returns>
    public IReadOnlyDictionary<long, long> BeginNew(Func<long, bool> isDealtWith) => Change(() =>
    {
        var numbers = new Dictionary<long, long>();
        var header = new JournalHeader(
            _createId(), _live.Generation + 1, EventSequence.First, _live.LastClockOffset, IsCutOff: _live.IsCutOff,
            IsFaulty: _live.IsFaulty);
        Swap(_live.CarryOver(header, isDealtWith, numbers, _folder, NextName));
        _archive = new JournalArchive(_folder, header.Journal, header.Generation);
        _archive.Recover();
        return numbers;
    });

    public void Dispose() => _live.Dispose();

    private void Swap(LiveFile next)
    {
        _live.Dispose();
        _live = next;
        _folder.Replace(NextName, LiveName);
        _folder.Flush();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    private T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            if (_isBroken)
            {
                throw new IOException("The journal could not be written before, so nobody knows what is in it: open it again.");
            }
            try
            {
                return change();
            }
            catch
            {
                _isBroken = true;
                throw;
            }
        }
    }
}
