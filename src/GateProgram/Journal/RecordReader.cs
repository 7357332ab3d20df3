using System.Buffers.Binary;
using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>
/// Reads the records of a frame's body that <see cref="RecordWriter"/> wrote. The checksum was correct, so an unexpected record comes from
/// another version of the program.
/// </summary>
internal ref struct RecordReader(ReadOnlySpan<byte> body)
{
    /// <summary>The offset of the decision token in the content of an answer.</summary>
    public const int TokenStart = 16;

    private readonly ReadOnlySpan<byte> _body = body;
    private int _next;

    public RecordKind Kind { get; private set; }

    /// <summary>The offset of the content in the body.</summary>
    public int ContentStart { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    public bool MoveNext()
    {
        if (_next == _body.Length)
        {
            return false;
        }
        Kind = (RecordKind)_body[_next];
        ContentStart = _next + RecordWriter.PrefixSize;
        Content = _body.Slice(ContentStart, BinaryPrimitives.ReadInt32LittleEndian(_body[(_next + 1)..]));
        _next = ContentStart + Content.Length;
        return true;
    }

    public readonly JournalHeader ReadHeader()
    {
        if (Content[0] != RecordWriter.FormatVersion)
        {
            throw new IOException(
                $"The journal has format {Content[0]}; this version of the gate program reads {RecordWriter.FormatVersion}. "
                + "Let the version that wrote it send all events, then give this one an empty folder.");
        }
        var standing = BinaryPrimitives.ReadInt64LittleEndian(Content[37..]);
        var act = (BarrierAct)Content[45];
        return new JournalHeader(
            Encoding.ASCII.GetString(Content.Slice(5, JournalIds.Length)),
            BinaryPrimitives.ReadInt32LittleEndian(Content[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(Content[21..]),
            BinaryPrimitives.ReadInt64LittleEndian(Content[29..]),
            standing == 0 ? null : new StandingScan(standing, act == 0 ? null : act),
            (Content[46] & RecordWriter.CutOffFlag) != 0,
            (Content[46] & RecordWriter.FaultyFlag) != 0);
    }

    public readonly long ReadSeq() => BinaryPrimitives.ReadInt64LittleEndian(Content);

    public readonly ReadOnlySpan<byte> ReadJson() => Content[RecordWriter.SeqSize..];

    public readonly LocalDecision ReadLocal() => new(ReadSeq(), (ScanReason)BinaryPrimitives.ReadInt32LittleEndian(Content[8..]));

    /// <summary>Reads an answer without its decision token, which stays on the disk.</summary>
    public readonly StoredAnswer ReadAnswer() =>
        new(
            ReadSeq(), (GateDecision)BinaryPrimitives.ReadInt32LittleEndian(Content[8..]),
            (ScanReason)BinaryPrimitives.ReadInt32LittleEndian(Content[12..]), null);

    public readonly int TokenLength => Content.Length - TokenStart;

    public readonly Acknowledgement ReadAcknowledgement() =>
        new(Encoding.UTF8.GetString(Content[16..]), ReadSeq(), ReadInstant(8));

    public readonly Opening ReadOpening() =>
        new(
            ReadInstant(0), (Content[8] & RecordWriter.AloneFlag) != 0, new CodeId(Content.Slice(9, CodeId.Size)),
            ReadInstant(9 + CodeId.Size), (Content[8] & RecordWriter.LateFlag) != 0);

    private readonly Instant ReadInstant(int at) => Instant.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(Content[at..]));
}
