using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Parking.Codes;

namespace Parking.GateProgram.Journal;

/// <summary>
/// Writes records into the body of a frame: kind (1 byte), length (4), content. Integers are little-endian, times are in milliseconds since
/// 1970.
/// </summary>
internal sealed class RecordWriter
{
    /// <summary>
    /// The format version of the journal on disk. Version 2: archived scans have the member <c>decisionToken</c>, which version 1 called
    /// <c>receipt</c>.
    /// </summary>
    public const int FormatVersion = 2;

    public const int PrefixSize = 5, SeqSize = sizeof(long), CutOffFlag = 1, FaultyFlag = 2, AloneFlag = 1, LateFlag = 2;

    private readonly ArrayBufferWriter<byte> _body = new(512);

    public ReadOnlySpan<byte> Body => _body.WrittenSpan;

    public void Clear() => _body.ResetWrittenCount();

    public void Add(JournalHeader header)
    {
        Begin(RecordKind.Header, 1 + sizeof(int) + JournalIds.Length + SeqSize + sizeof(long) + SeqSize + 1 + 1);
        Write((byte)FormatVersion);
        Write(header.Generation);
        Write(Encoding.ASCII.GetBytes(header.Journal));
        Write(header.FirstSeq);
        Write(header.ClockOffset);
        Write(header.Standing?.Seq ?? 0);
        Write((byte)(header.Standing?.Act ?? 0));
        Write((byte)((header.IsCutOff ? CutOffFlag : 0) | (header.IsFaulty ? FaultyFlag : 0)));
    }

    /// <returns>The offset of the JSON in the body.</returns>
    public int AddEvent(long seq, ReadOnlySpan<byte> json)
    {
        Begin(RecordKind.Event, SeqSize + json.Length);
        Write(seq);
        var at = _body.WrittenCount;
        Write(json);
        return at;
    }

    public void Add(LocalDecision local)
    {
        Begin(RecordKind.Local, SeqSize + sizeof(int));
        Write(local.Scan);
        Write((int)local.Reason);
    }

    /// <returns>The offset of the decision token in the body.</returns>
    public int Add(StoredAnswer answer)
    {
        var token = Encoding.UTF8.GetBytes(answer.DecisionToken ?? "");
        Begin(RecordKind.Answer, SeqSize + sizeof(int) + sizeof(int) + token.Length);
        Write(answer.Scan);
        Write((int)answer.Decision);
        Write((int)answer.Reason);
        var at = _body.WrittenCount;
        Write(token);
        return at;
    }

    public void Add(Acknowledgement mark)
    {
        var epoch = Encoding.UTF8.GetBytes(mark.Epoch);
        Begin(RecordKind.Acknowledged, SeqSize + sizeof(long) + epoch.Length);
        Write(mark.Through);
        Write(mark.At.ToUnixTimeMilliseconds());
        Write(epoch);
    }

    public void Add(Opening opening)
    {
        Begin(RecordKind.Opening, sizeof(long) + 1 + CodeId.Size + sizeof(long));
        Write(opening.At.ToUnixTimeMilliseconds());
        Write((byte)((opening.IsAlone ? AloneFlag : 0) | (opening.IsLate ? LateFlag : 0)));
        Write(opening.Code.ToByteArray());
        Write(opening.GoodUntil.ToUnixTimeMilliseconds());
    }

    public void AddSeal() => Begin(RecordKind.Seal, 0);

    private void Begin(RecordKind kind, int length)
    {
        Write((byte)kind);
        Write(length);
    }

    private void Write(byte value) => _body.Write([value]);

    private void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_body.GetSpan(sizeof(int)), value);
        _body.Advance(sizeof(int));
    }

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_body.GetSpan(sizeof(long)), value);
        _body.Advance(sizeof(long));
    }

    private void Write(ReadOnlySpan<byte> bytes) => _body.Write(bytes);
}
