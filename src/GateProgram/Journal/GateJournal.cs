using NodaTime;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>
/// The events of one gate on its disk. After a crash, every appended event is present, in order and without a gap; an event whose append
/// did not return is present completely or not at all. Safe to use from many threads.
/// </summary>
/// <remarks>
/// <para>There are two kinds of files. The live file (<c>live.log</c>) has everything written since its last rewriting: events with their
/// codes, answers and acknowledgements. Rewriting moves acknowledged events into the archive without their codes and writes the others
/// into a new live file, which replaces the old one in one step. After a crash between the two steps, some events are in both. Then those
/// in the archive count.</para>
/// <para>Events are flushed before <see cref="Append"/> returns. Answers and acknowledgements are not flushed: if they are lost, the gate
/// gets them again from the service.</para>
/// </remarks>
internal sealed class GateJournal : IDisposable
{
    /// <summary>The name of the live file.</summary>
    public const string LiveName = "live.log";

    private const string NextName = "live.new";

    private readonly Lock _gate = new();
    private readonly Func<string> _createId;

    private IGateFolder _folder;

    private LiveFile _live;
    private JournalArchive _archive;
    private bool _isBroken;

    private GateJournal(IGateFolder folder, Func<string> createId, LiveFile live, JournalArchive archive)
    {
        (_folder, _createId, _live, _archive) = (folder, createId, live, archive);
        // After a crash between the two steps of rewriting, the live file still starts with events that the archive has too.
        Redo = archive.LastSeq >= live.FirstSeq;
    }

    /// <summary>16 lowercase hexadecimal digits.</summary>
    public string Id => Locked(() => _live.Journal);

    /// <summary>The number of the newest event; 0 if there is none.</summary>
    public long LastSeq => Locked(() => _live.LastSeq);

    /// <summary>The number of the next event.</summary>
    public long NextSeq => Locked(() => _live.LastSeq + 1);

    /// <summary>The number of the oldest event that is kept; that of the next event if none is kept.</summary>
    public long FirstSeq => Locked(() => _archive.FirstSeq > 0 ? _archive.FirstSeq : _live.FirstSeq);

    /// <summary>The last acknowledgement; null before the first.</summary>
    public Acknowledgement? Acknowledged => Locked(() => _live.Marks.Last);

    /// <summary>The service has answered every event up to and including this number.</summary>
    public long AcknowledgedThrough => Locked(() => _live.AcknowledgedThrough);

    /// <summary>The scan of the vehicle at the gate, from the written events.</summary>
    public StandingScan? Standing => Locked(() => _live.Standing);

    /// <summary>Whether the gate is offline, from its last link event.</summary>
    public bool IsCutOff => Locked(() => _live.IsCutOff);

    /// <summary>Whether the barrier is faulty, from the last event about it.</summary>
    public bool IsFaulty => Locked(() => _live.IsFaulty);

    /// <summary>The openings for codes that still affect offline decisions.</summary>
    public OwnOpenings Openings => Locked(() => _live.Openings);

    /// <summary>The commands that the live file has claimed.</summary>
    public JournalClaims Claims => Locked(() => _live.Claims);

    /// <summary>The number of acknowledged events that the live file still has with their codes.</summary>
    public long Acknowledgeable => Locked(() => Redo ? 1 : Math.Max(0, _live.AcknowledgedThrough - _live.FirstSeq + 1));

    /// <summary>The newest event's clock offset, used until the service first answers after a start; 0 if there is no event.</summary>
    public long LastClockOffset => Locked(() => _live.LastClockOffset);

    /// <summary>Why the journal is in memory since it could not be written to the disk; null if it is not.</summary>
    public string? Failure { get; private set; }

    /// <summary>The number of records of later versions in the live file. They were passed over.</summary>
    public int UnknownRecords => Locked(() => _live.UnknownRecords);

    private bool Redo { get; set; }

    /// <summary>Whether a file belongs to a journal.</summary>
    public static bool IsFile(string name) => name is LiveName or NextName || JournalArchive.IsPart(name);

    /// <summary>Opens a gate's journal. Creates it if it does not exist.</summary>
    /// <param name="folder">The gate's folder.</param>
    /// <param name="createId">Creates the id of a new journal.</param>
    /// <param name="legacy">What a new journal takes over from a damaged one.</param>
    /// <exception cref="JournalDamagedException">Flushed data is damaged or missing.</exception>
    public static GateJournal Open(IGateFolder folder, Func<string> createId, JournalLegacy? legacy = null)
    {
        var names = folder.List();
        if (names.Contains(NextName))
        {
            // A crash stopped an earlier rewriting before this file replaced the live file.
            folder.Delete(NextName);
        }
        if (!names.Contains(LiveName))
        {
            if (names.Any(JournalArchive.IsPart))
            {
                throw new JournalDamagedException(folder.Describe(LiveName), 0, "It is missing, but there is an archive.");
            }
            var (openings, clockOffset, isCutOff, isFaulty) = legacy ?? JournalLegacy.None;
            var header = new JournalHeader(
                createId(), 1, EventSequence.First, clockOffset, IsCutOff: isCutOff, IsFaulty: isFaulty);
            LiveFile.Create(folder, NextName, header, openings).Dispose();
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

    /// <summary>Writes a group. It is on the disk when this returns.</summary>
    /// <exception cref="IOException">The group may or may not be on the disk. The journal must be opened again.</exception>
    public void Append(JournalGroup group) => Change(() => _live.Append(group));

    /// <summary>Stores the answer to a scan, unless an answer is stored already.</summary>
    public void NoteAnswer(StoredAnswer answer) => Change(() => _live.NoteAnswer(answer));

    /// <summary>Stores that the service has every event up to a number. Within an epoch the number never decreases.</summary>
    public void Acknowledge(Acknowledgement mark) => Change(() =>
    {
        if (mark.Through > _live.AcknowledgedThrough || _live.Marks.Last is null)
        {
            _live.Acknowledge(mark with { Through = Math.Min(mark.Through, _live.LastSeq) });
        }
    });

    /// <summary>
    /// Starts a new epoch of the service's store, which may have lost writes. Events that the store does not have now, and events that were
    /// acknowledged when it may already have been losing them, count as not acknowledged.
    /// </summary>
    /// <param name="mark">The number that the service says it has.</param>
    /// <param name="resendFrom">
    /// The store has lost nothing that it acknowledged before this time. Null: the service does not say; it may have lost the last minute.
    /// </param>
    public void GoBack(Acknowledgement mark, Instant? resendFrom) => Change(() =>
    {
        var kept = resendFrom is { } from ? _live.Marks.Before(from) : _live.Marks.BeforeTheLastMinute;
        _live.GoBack(mark with { Through = Math.Max(FirstSeq - 1, Math.Min(mark.Through, kept)) });
    });

    /// <summary>The service asks again for an event that it acknowledged in this epoch.</summary>
    public void GoBackTo(long seq) => Change(() =>
    {
        if (_live.Marks.Last is { } last && seq <= last.Through)
        {
            _live.GoBack(last with { Through = seq - 1 });
        }
    });

    /// <summary>
    /// Reads events in order, from a number on, as they are sent. Returns fewer if they would be too large or if the others are in another
    /// file.
    /// </summary>
    public IReadOnlyList<StoredEvent> Read(long from, long through, int maxEvents, int maxBytes) => Locked(() =>
        from >= _live.FirstSeq
            ? _live.Read(from, through, maxEvents, maxBytes)
            : _archive.Read(from, Math.Min(through, _live.FirstSeq - 1), maxEvents, maxBytes));

    /// <summary>Removes the codes of acknowledged scans and deletes events whose time is over.</summary>
    /// <param name="now">The current true time.</param>
    /// <param name="keep">How long events are kept after they were acknowledged.</param>
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
    /// Begins a new journal, because the service has a different event under a number of this one. Events that the service has not taken
    /// are copied with new numbers. A barrier event is dropped if its scan is not copied.
    /// </summary>
    /// <param name="isDealtWith">Whether the service has taken an event of the old journal.</param>
    /// <returns>The new numbers, by old number.</returns>
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
                throw new IOException("An earlier write failed, so the content of the file is unknown. Open the journal again.");
            }
            try
            {
                return change();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && _folder is not MemoryFolder)
            {
                // What was tried may be on the disk or not. In memory it is tried again under the same numbers.
                MoveToMemory(error);
                return change();
            }
            catch
            {
                _isBroken = true;
                throw;
            }
        }
    }

    /// <summary>Goes on in memory, because the disk cannot be written any more.</summary>
    private void MoveToMemory(Exception error)
    {
        _isBroken = true;
        var memory = new MemoryFolder();
        var next = _live.CopyFrom(_live.FirstSeq, memory, NextName);
        memory.Replace(NextName, LiveName);
        _live.Dispose();
        (_folder, _live, _archive) = (memory, next, new JournalArchive(memory, next.Journal, next.Generation));
        Redo = false;
        Failure = $"{error.Message} The disk cannot be written; events are kept in memory and are lost with the power.";
        _isBroken = false;
    }
}
