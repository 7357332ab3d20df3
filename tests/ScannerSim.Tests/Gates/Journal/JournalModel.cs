using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates.Journal;

/// <summary>A model of a journal's content. It is updated only from the calls that returned.</summary>
internal sealed class JournalModel(Random random)
{
    public static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);

    private static readonly Duration Keep = Duration.FromDays(1000);

    private readonly List<ReportedEvent> _events = [];
    private readonly List<CodeId> _opened = [];
    private readonly HashSet<long> _answered = [];
    private string? _id;
    private IReadOnlyList<ReportedEvent> _inFlight = [];
    private long _acknowledged, _surelyAcknowledged, _wiped;
    private int _epoch;
    private Instant _now = Start;

    /// <summary>Makes one random call to the journal and records the result.</summary>
    public void Step(GateJournal journal, CrashingFolder folder)
    {
        _now += Duration.FromMilliseconds(random.Next(20_000));
        switch (random.Next(10))
        {
            case < 5:
                Append(journal);
                break;
            case 5:
                Answer(journal);
                break;
            case 6 or 7:
                Acknowledge(journal);
                break;
            case 8:
                journal.Compact(_now, Keep);
                _surelyAcknowledged = _acknowledged;
                _wiped = Math.Max(_wiped, _acknowledged);
                CheckCodesAreGone(folder);
                break;
            default:
                if (_acknowledged > 0 && random.Next(4) == 0)
                {
                    // The acknowledgement goes back. After a crash, this change may or may not be on the disk.
                    _surelyAcknowledged = 0;
                    journal.GoBack(
                        new Acknowledgement($"epoch {++_epoch}", random.NextInt64(_acknowledged), _now),
                        random.Next(2) == 0 ? null : _now - Duration.FromSeconds(random.Next(10_000)));
                    _acknowledged = journal.AcknowledgedThrough;
                }
                break;
        }
    }

    /// <summary>Compares the model with a journal that was opened after a crash.</summary>
    public void Check(GateJournal journal, CrashingFolder folder)
    {
        _id ??= journal.Id;
        Assert.Equal(_id, journal.Id);
        Assert.InRange(journal.LastSeq, _events.Count, _events.Count + _inFlight.Count);
        if (journal.LastSeq > _events.Count)
        {
            // A group whose append was interrupted is present completely or not at all.
            _events.AddRange(_inFlight);
            Assert.Equal(_events.Count, journal.LastSeq);
        }
        _inFlight = [];
        Assert.True(journal.AcknowledgedThrough >= _surelyAcknowledged, "an acknowledgement that was surely on the disk is lost");
        _acknowledged = journal.AcknowledgedThrough;
        Assert.Equal(_events.Select(Known), ReadAll(journal).Select(Known));
        Assert.All(_opened, code => Assert.True(journal.Openings.HasUsed(code)));
        Assert.Equal(_events.Aggregate((StandingScan?)null, StandingScan.After), journal.Standing);
        CheckCodesAreGone(folder);
    }

    /// <summary>Checks that no file contains a code of a scan that was acknowledged at the last rewrite.</summary>
    private void CheckCodesAreGone(CrashingFolder folder)
    {
        foreach (var (name, bytes) in folder.Contents)
        {
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            foreach (var scan in _events.OfType<ReportedScan>().Where(scan => scan.Seq <= _wiped))
            {
                Assert.False(text.Contains($"\"{scan.Code}\"", StringComparison.Ordinal), $"{name} still has the code of {scan}");
            }
        }
    }

    private void Append(GateJournal journal)
    {
        var standing = journal.Standing;
        var seq = journal.NextSeq;
        var group = standing switch
        {
            { Act: null } scan => new JournalGroup
            {
                Events = [Act(seq, random.Next(2) == 0 ? BarrierAct.Opened : BarrierAct.StayedShut, scan.Seq)],
                Answer = random.Next(2) == 0 ? Answer(scan.Seq) : null,
                Local = random.Next(2) == 0 ? new LocalDecision(scan.Seq, ScanReason.OpenedOffline) : null,
                Opening = Opening(scan.Seq),
            },
            { IsOpen: true } scan => new JournalGroup
            {
                Events = [Act(seq, random.Next(2) == 0 ? BarrierAct.Passed : BarrierAct.BackedOut, scan.Seq)],
            },
            _ when random.Next(3) == 0 => new JournalGroup
            {
                Events = [Scan(seq), Act(seq + 1, BarrierAct.Opened, seq)],
                Opening = Opening(seq),
            },
            _ => new JournalGroup { Events = [Scan(seq)] },
        };
        _inFlight = group.Events;
        journal.Append(group);
        _events.AddRange(group.Events);
        _inFlight = [];
        if (group.Opening is { } opening)
        {
            _opened.Add(opening.Code);
        }
        if (group.Answer is { } answer)
        {
            _answered.Add(answer.Scan);
        }
    }

    private void Answer(GateJournal journal)
    {
        var scans = _events.OfType<ReportedScan>().Where(scan => !_answered.Contains(scan.Seq)).ToList();
        if (scans.Count > 0)
        {
            var scan = scans[random.Next(scans.Count)].Seq;
            journal.NoteAnswer(Answer(scan));
        }
    }

    private void Acknowledge(GateJournal journal)
    {
        var through = random.NextInt64(_acknowledged, _events.Count + 1);
        // The uplink does the same: it notes the answer of a scan before it acknowledges the scan.
        foreach (var scan in _events.OfType<ReportedScan>().Where(scan => scan.Seq <= through))
        {
            journal.NoteAnswer(Answer(scan.Seq));
        }
        journal.Acknowledge(new Acknowledgement($"epoch {_epoch}", through, _now));
        _acknowledged = through;
    }

    private static List<ReportedEvent> ReadAll(GateJournal journal)
    {
        var all = new List<ReportedEvent>();
        while (all.Count < journal.LastSeq)
        {
            var part = journal.Read(all.Count + 1, journal.LastSeq, 7, 700);
            Assert.NotEmpty(part);
            all.AddRange(part.Select(stored => stored.Deserialize()));
            Assert.Equal(all[^1].Seq, all.Count);
        }
        return all;
    }

    /// <summary>An event without the members that may have been added or wiped later.</summary>
    private static ReportedEvent Known(ReportedEvent reported)
    {
        if (reported is not ReportedScan scan)
        {
            return reported;
        }
        Assert.True(
            scan.Code is null
                ? scan.DecisionToken == DecisionTokenOf(scan.Seq)
                : scan.DecisionToken is null && scan.Code == CodeOf(scan.Seq),
            "a scan has its code or its token");
        return scan with { Code = null, DecisionToken = null, Local = null };
    }

    private ReportedScan Scan(long seq) => new() { Seq = seq, DeviceTime = _now, ClockOffset = 5, Code = CodeOf(seq) };

    private ReportedAct Act(long seq, BarrierAct act, long scan) => new() { Seq = seq, DeviceTime = _now, Act = act, Scan = scan };

    // Valid for so long that the journal never drops it.
    private Opening Opening(long scan) => new(_now, true, Code(scan), Start + Keep);

    private static StoredAnswer Answer(long scan) => new(scan, GateDecision.Open, ScanReason.Entered, DecisionTokenOf(scan));

    private static string CodeOf(long seq) => $"SP1:SECRET{seq}";

    private static string DecisionTokenOf(long seq) => $"RECEIPT{seq}";

    private static CodeId Code(long scan) => CodeId.Parse(scan.ToString("x32", System.Globalization.CultureInfo.InvariantCulture));
}
