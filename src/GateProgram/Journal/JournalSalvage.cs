using System.Text;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>Reads what can still be read in a damaged live file. It changes nothing and never throws.</summary>
internal sealed class JournalSalvage
{
    private readonly SortedDictionary<long, ReportedEvent> _events = [];

    /// <summary>The journal's id; null if no header of this format can be read. Then the events cannot be reported.</summary>
    public string? Journal { get; private set; }

    public long ClockOffset { get; private set; }

    public bool IsCutOff { get; private set; }

    public bool IsFaulty { get; private set; }

    public List<Opening> Openings { get; } = [];

    private long AcknowledgedThrough { get; set; }

    /// <param name="file">The bytes of the file.</param>
    public static JournalSalvage Read(ReadOnlySpan<byte> file)
    {
        var salvage = new JournalSalvage();
        for (var offset = 0; offset < file.Length;)
        {
            if (FrameFile.TryRead(file, offset, out var size))
            {
                salvage.TakeFrame(file[(offset + FrameFile.HeaderSize)..(offset + size)]);
                offset += size;
            }
            else
            {
                offset++;
            }
        }
        return salvage;
    }

    /// <summary>
    /// The events that the service may not have, in order, under the numbers that they always had. Without those of scans that nobody can
    /// decide any more: neither a decision nor an act of the barrier is known.
    /// </summary>
    public IReadOnlyList<StoredEvent> Unacknowledged()
    {
        var acted = _events.Values.OfType<ReportedAct>().Select(act => act.Scan).ToHashSet();
        return
        [
            .. _events.Values
                .Where(one => Journal is not null && one.Seq > AcknowledgedThrough)
                .Where(one => one is not ReportedScan { Local: null, DecisionToken: null } || acted.Contains(one.Seq))
                .Select(one => new StoredEvent(one.Seq, StoredEvent.Serialize(one))),
        ];
    }

    private void TakeFrame(ReadOnlySpan<byte> body)
    {
        try
        {
            var records = new RecordReader(body);
            while (records.MoveNext())
            {
                Take(records);
            }
        }
        catch (Exception error) when (error is SystemException or JsonException)
        {
            // The frame is whole, so a later version wrote it. The others may still be of use.
        }
    }

    private void Take(RecordReader record)
    {
        switch (record.Kind)
        {
            case RecordKind.Header:
                var header = record.ReadHeader();
                (Journal, ClockOffset, IsCutOff, IsFaulty) = (header.Journal, header.ClockOffset, header.IsCutOff, header.IsFaulty);
                break;
            case RecordKind.Event:
                var reported = StoredEvent.Deserialize(record.ReadJson());
                _events[reported.Seq] = reported;
                ClockOffset = reported.ClockOffset;
                IsCutOff = reported is ReportedLink link ? link.Link == LinkChange.WentOffline : IsCutOff;
                IsFaulty = StandingScan.IsFaultyAfter(IsFaulty, reported);
                break;
            case RecordKind.Local when _events.GetValueOrDefault(record.ReadSeq()) is ReportedScan scan:
                _events[scan.Seq] = scan with { Local = record.ReadLocal().Reason };
                break;
            case RecordKind.Answer when _events.GetValueOrDefault(record.ReadSeq()) is ReportedScan scan && record.TokenLength > 0:
                var token = Encoding.UTF8.GetString(record.Content[RecordReader.TokenStart..]);
                _events[scan.Seq] = scan with { Code = null, DecisionToken = token };
                break;
            case RecordKind.Acknowledged:
                AcknowledgedThrough = record.ReadAcknowledgement().Through;
                break;
            case RecordKind.Opening:
                Openings.Add(record.ReadOpening());
                break;
        }
    }
}

/// <summary>What a new journal takes over from a damaged one.</summary>
/// <param name="Openings">The openings for codes that still affect decisions.</param>
/// <param name="ClockOffset">The clock offset of the newest event.</param>
/// <param name="IsCutOff">Whether the gate was offline.</param>
/// <param name="IsFaulty">Whether the barrier was faulty.</param>
internal sealed record JournalLegacy(IReadOnlyList<Opening> Openings, long ClockOffset, bool IsCutOff, bool IsFaulty)
{
    public static readonly JournalLegacy None = new([], 0, false, false);

    public static JournalLegacy Of(JournalSalvage salvage) =>
        new(salvage.Openings, salvage.ClockOffset, salvage.IsCutOff, salvage.IsFaulty);
}
