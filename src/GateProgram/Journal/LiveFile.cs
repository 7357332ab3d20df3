using System.Text;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>The live file of a journal, with the state derived from it in memory. Not safe to use from many threads.</summary>
internal sealed partial class LiveFile : IDisposable
{
    private readonly FrameFile _file;
    private readonly RecordWriter _writer = new();
    private readonly List<JournalEntry> _entries = [];

    private LiveFile(FrameFile file) => _file = file;

    public string Journal { get; private set; } = "";

    public int Generation { get; private set; }

    /// <summary>The number of the first event in the file, or of the next event if the file has none.</summary>
    public long FirstSeq { get; private set; }

    public long LastSeq => FirstSeq + _entries.Count - 1;

    public long AcknowledgedThrough => Marks.Last?.Through ?? 0;

    public long LastClockOffset { get; private set; }

    public StandingScan? Standing { get; private set; }

    /// <summary>The number of records whose kind this version does not know. They are passed over.</summary>
    public int UnknownRecords { get; private set; }

    /// <summary>Whether the gate is offline, from its last link event.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether the barrier is faulty, from the last event about it.</summary>
    public bool IsFaulty { get; private set; }

    public AcknowledgementMarks Marks { get; } = new();

    public OwnOpenings Openings { get; } = new();

    public JournalClaims Claims { get; } = new();

    /// <summary>Opens a file and cuts off an incomplete last write.</summary>
    /// <exception cref="JournalDamagedException">Flushed data is damaged or missing.</exception>
    public static LiveFile Recover(IGateFolder folder, string name)
    {
        var live = new LiveFile(new FrameFile(folder.Open(name), folder.Describe(name)));
        try
        {
            live._file.Recover((offset, body) => live.Take(offset, body, folder.Describe(name)), hasFirstFrame: true);
            return live.FirstSeq > 0
                ? live
                : throw new JournalDamagedException(folder.Describe(name), 0, "It does not begin like a journal.");
        }
        catch
        {
            live.Dispose();
            throw;
        }
    }

    public void Append(JournalGroup group)
    {
        _writer.Clear();
        var last = LastSeq;
        foreach (var reported in group.Events)
        {
            if (reported.Seq != ++last)
            {
                throw new ArgumentException($"Event {reported.Seq} is not the next.", nameof(group));
            }
            _writer.AddEvent(reported.Seq, StoredEvent.Serialize(reported));
        }
        if (group.Local is { } local)
        {
            _writer.Add(local);
        }
        if (group.Answer is { } answer)
        {
            _writer.Add(answer);
        }
        if (group.Opening is { } opening)
        {
            _writer.Add(opening);
        }
        Write(flush: true);
    }

    public void NoteAnswer(StoredAnswer answer)
    {
        if (Has(answer.Scan) && !_entries[Index(answer.Scan)].IsAnswered)
        {
            _writer.Clear();
            _writer.Add(answer);
            Write(flush: false);
        }
    }

    public void Acknowledge(Acknowledgement mark)
    {
        _writer.Clear();
        _writer.Add(mark);
        Write(flush: false);
    }

    public void GoBack(Acknowledgement mark) => Acknowledge(mark);

    public IReadOnlyList<StoredEvent> Read(long from, long through, int maxEvents, int maxBytes)
    {
        var found = new List<StoredEvent>();
        var bytes = 0;
        for (var seq = from; seq <= Math.Min(through, LastSeq) && found.Count < maxEvents; seq++)
        {
            var json = ReadJson(seq);
            bytes += json.Length;
            if (found.Count > 0 && bytes > maxBytes)
            {
                break;
            }
            found.Add(new StoredEvent(seq, json));
        }
        return found;
    }

    /// <summary>Reads events as the archive keeps them: without codes.</summary>
    public IEnumerable<StoredEvent> ReadWiped(long from, long through)
    {
        for (var seq = from; seq <= through; seq++)
        {
            var json = ReadJson(seq);
            // Without a decision token the event keeps an empty code, which still says that a code was shown.
            yield return new StoredEvent(seq, StoredEvent.Deserialize(json) is ReportedScan { Code: not null } scan
                ? StoredEvent.Serialize(scan with { Code = "" })
                : json);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(bool flush)
    {
        if (_writer.Body.Length > 0)
        {
            var offset = _file.Append(_writer.Body, flush);
            Take(offset, _writer.Body, "");
        }
        else if (flush)
        {
            _file.Flush();
        }
    }

    /// <summary>Applies a frame that was found in the file or was just written.</summary>
    private void Take(long offset, ReadOnlySpan<byte> body, string file)
    {
        var records = new RecordReader(body);
        while (records.MoveNext())
        {
            switch (records.Kind)
            {
                case RecordKind.Header:
                    var header = records.ReadHeader();
                    (Journal, Generation, FirstSeq) = (header.Journal, header.Generation, header.FirstSeq);
                    (LastClockOffset, Standing, IsCutOff, IsFaulty) = (
                        header.ClockOffset, header.Standing, header.IsCutOff, header.IsFaulty);
                    break;
                case RecordKind.Event when records.ReadSeq() != LastSeq + 1:
                    throw new JournalDamagedException(file, offset, $"Event {records.ReadSeq()} follows {LastSeq}.");
                case RecordKind.Event:
                    Take(offset + records.ContentStart + RecordWriter.SeqSize, records.ReadJson());
                    break;
                case RecordKind.Local when Has(records.ReadSeq()):
                    Entry(records.ReadSeq()).Local = records.ReadLocal().Reason;
                    break;
                case RecordKind.Answer when Has(records.ReadSeq()):
                    Entry(records.ReadSeq()).Take(
                        records.ReadAnswer(), offset + records.ContentStart + RecordReader.TokenStart, records.TokenLength);
                    break;
                case RecordKind.Acknowledged:
                    Marks.Add(records.ReadAcknowledgement());
                    break;
                case RecordKind.Opening:
                    Openings.Add(records.ReadOpening());
                    break;
                case > RecordKind.Seal:
                    UnknownRecords++;
                    break;
            }
        }
    }

    private void Take(long offset, ReadOnlySpan<byte> json)
    {
        var reported = StoredEvent.Deserialize(json);
        _entries.Add(new JournalEntry { Offset = offset, Length = json.Length, IsScan = reported is ReportedScan });
        LastClockOffset = reported.ClockOffset;
        Standing = StandingScan.After(Standing, reported);
        IsCutOff = reported is ReportedLink link ? link.Link == LinkChange.WentOffline : IsCutOff;
        IsFaulty = StandingScan.IsFaultyAfter(IsFaulty, reported);
        Claims.Take(reported);
    }

    private byte[] ReadJson(long seq)
    {
        var entry = _entries[Index(seq)];
        return entry.IsAsWritten ? _file.Read(entry.Offset, entry.Length) : StoredEvent.Serialize(ReadAsKnown(seq));
    }

    /// <summary>Reads an event with everything that was added to it later.</summary>
    private ReportedEvent ReadAsKnown(long seq)
    {
        var decided = ReadAsDecided(seq);
        return decided is ReportedScan scan && ReadDecisionToken(_entries[Index(seq)]) is { } token
            ? scan with { Code = null, DecisionToken = token }
            : decided;
    }

    private ReportedEvent ReadAsDecided(long seq)
    {
        var entry = _entries[Index(seq)];
        var written = StoredEvent.Deserialize(_file.Read(entry.Offset, entry.Length));
        return written is ReportedScan scan && entry.Local != 0 ? scan with { Local = entry.Local } : written;
    }

    private string? ReadDecisionToken(JournalEntry entry) =>
        entry.TokenLength > 0 ? Encoding.UTF8.GetString(_file.Read(entry.TokenOffset, entry.TokenLength)) : null;

    private bool Has(long seq) => seq >= FirstSeq && seq <= LastSeq;

    private int Index(long seq) => checked((int)(seq - FirstSeq));

    private ref JournalEntry Entry(long seq) => ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries)[Index(seq)];
}
