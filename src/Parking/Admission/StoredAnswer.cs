using System.Formats.Cbor;
using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>
/// What is kept of an answer, so that a repeated scan gets the first answer again: at most <see cref="MaxLength"/> bytes. The display's
/// texts and the lines of the fee are made again from it and from the stay, and so stay the same.
/// </summary>
/// <remarks>
/// CBOR (RFC 8949), <c>[reason, decided at, stay, entered, exited, fee, holder]</c>. Instants are milliseconds: the first since the Unix
/// epoch, the others relative to the decision. The fee is <c>[total, currency]</c>. A missing value is null. The holder, a seventh element,
/// is there only if no stay names it; the acts that follow need it. Answers from before there were fees have five elements, with all
/// instants since the Unix epoch; such answers are still kept.
/// </remarks>
public sealed record StoredAnswer(
    ScanReason Reason,
    Instant DecidedAt,
    CodeId? Stay = null,
    Instant? EnteredAt = null,
    Instant? ExitedAt = null,
    StoredFee? Fee = null,
    HolderId? Holder = null)
{
    /// <summary>
    /// With its fingerprint, 8 bytes, this is what Redis keeps in compact lists (<c>hash-max-listpack-value</c> 64). A longer answer would
    /// work, but cost more memory.
    /// </summary>
    public const int MaxLength = 56;

    private const int Length = 6;
    private const int LengthWithHolder = 7;
    private const int LengthBeforeFees = 5;

    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(Holder is null ? Length : LengthWithHolder);
        writer.WriteInt32((int)Reason);
        writer.WriteInt64(DecidedAt.ToUnixTimeMilliseconds());
        if (Stay is { } stay)
        {
            writer.WriteByteString(stay.ToByteArray());
        }
        else
        {
            writer.WriteNull();
        }

        WriteInstant(writer, EnteredAt);
        WriteInstant(writer, ExitedAt);
        WriteFee(writer);
        if (Holder is { } holder)
        {
            writer.WriteUInt64(holder.Value);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote, in this version and in the one before.</summary>
    /// <exception cref="InvalidDataException">The content is damaged, or of a later version.</exception>
    public static StoredAnswer Decode(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new CborReader(content, CborConformanceMode.Canonical);
            var length = reader.ReadStartArray();
            if (length is not (Length or LengthWithHolder or LengthBeforeFees))
            {
                throw new InvalidDataException("A stored answer is of a version that this service does not know.");
            }

            var reason = (ScanReason)reader.ReadInt32();
            if (!Enum.IsDefined(reason))
            {
                throw new InvalidDataException($"A stored answer has reason {(int)reason}, which this service does not know.");
            }

            var decidedAt = Instant.FromUnixTimeMilliseconds(reader.ReadInt64());
            var stay = IsNull(reader) ? (CodeId?)null : new CodeId(reader.ReadByteString());
            var origin = length > LengthBeforeFees ? decidedAt : NodaConstants.UnixEpoch;
            var answer = new StoredAnswer(
                reason, decidedAt, stay, ReadInstant(reader, origin), ReadInstant(reader, origin),
                length > LengthBeforeFees ? ReadFee(reader) : null, length == LengthWithHolder ? new HolderId(reader.ReadUInt64()) : null);
            reader.ReadEndArray();
            return answer;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("A stored answer is damaged.", e);
        }
    }

    private void WriteInstant(CborWriter writer, Instant? instant)
    {
        if (instant is { } at)
        {
            writer.WriteInt64(at.ToUnixTimeMilliseconds() - DecidedAt.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNull();
        }
    }

    private void WriteFee(CborWriter writer)
    {
        if (Fee is null)
        {
            writer.WriteNull();
            return;
        }

        writer.WriteStartArray(2);
        writer.WriteInt64(Fee.Total);
        writer.WriteTextString(Fee.Currency);
        writer.WriteEndArray();
    }

    private static Instant? ReadInstant(CborReader reader, Instant origin) =>
        IsNull(reader) ? null : origin + Duration.FromMilliseconds(reader.ReadInt64());

    private static StoredFee? ReadFee(CborReader reader)
    {
        if (IsNull(reader))
        {
            return null;
        }

        reader.ReadStartArray();
        var fee = new StoredFee(reader.ReadInt64(), reader.ReadTextString());
        reader.ReadEndArray();
        return fee;
    }

    /// <summary>Reads a null if there is one, and returns whether there was.</summary>
    private static bool IsNull(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return false;
        }

        reader.ReadNull();
        return true;
    }
}

/// <summary>The part of a fee that must never change, and so is kept. Its lines are made again from the stay.</summary>
/// <param name="Total">In minor units of the currency.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record StoredFee(long Total, string Currency);

/// <summary>
/// What is kept of an answered event: of a scan its <see cref="StoredAnswer"/>, of an unreadable event what is wrong with it (CBOR text),
/// of any other event nothing.
/// </summary>
internal static class KeptEvent
{
    private const byte ArrayType = 4;
    private const byte TextType = 3;

    public static byte[] Recorded => [];

    public static byte[] Unreadable(string why)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteTextString(why);
        return writer.Encode();
    }

    /// <summary>Whether this was kept of a scan.</summary>
    public static bool IsScan(ReadOnlyMemory<byte> kept) => !kept.IsEmpty && kept.Span[0] >> 5 == ArrayType;

    /// <summary>The answer to an event that is not a scan.</summary>
    public static EventResult Describe(ReadOnlyMemory<byte> kept, long acknowledgedThrough) =>
        !kept.IsEmpty && kept.Span[0] >> 5 == TextType
            ? new(EventOutcome.Unreadable, acknowledgedThrough, Error: new CborReader(kept).ReadTextString())
            : new(EventOutcome.Recorded, acknowledgedThrough);
}
