using System.Formats.Cbor;
using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>
/// What is kept of an answer, so that a repeated scan gets the first one again: at most <see cref="MaxLength"/> bytes. The display's text and the lines of the
/// fee are made from it and the stay anew, and so stay the same.
/// </summary>
/// <remarks>
/// CBOR (RFC 8949), <c>[reason, decided at, stay, entered, exited, fee, holder]</c>: instants as milliseconds, the last two from the decision; the fee as
/// <c>[total, currency]</c>; null for what there is none of. The holder is a seventh element, and only where no stay names one, for the acts that follow. Before there
/// were fees there were five elements, all instants from 1970; such answers are still kept.
/// </remarks>
public sealed record StoredAnswer(
    ScanReason Reason, Instant DecidedAt, CodeId? Stay = null, Instant? EnteredAt = null, Instant? ExitedAt = null, StoredFee? Fee = null, HolderId? Holder = null)
{
    /// <summary>With its fingerprint, 8 bytes, what Redis keeps in compact lists (<c>hash-max-listpack-value</c> 64). Longer ones would be right, and cost more.</summary>
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

    /// <summary>Reads what <see cref="Encode"/> wrote, of this version and of the one before.</summary>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
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

    /// <summary>Whether there is nothing here; then it is passed over.</summary>
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

/// <summary>What is kept of a fee: as much as must never change. Its lines are made anew from the stay.</summary>
/// <param name="Total">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record StoredFee(long Total, string Currency);

/// <summary>
/// What is kept of an answered event: of a scan its <see cref="StoredAnswer"/>, of what could not be understood why (CBOR text), of anything else nothing.
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

    /// <summary>Whether it is a scan's.</summary>
    public static bool IsScan(ReadOnlyMemory<byte> kept) => !kept.IsEmpty && kept.Span[0] >> 5 == ArrayType;

    /// <summary>What is said of an event that is no scan.</summary>
    public static EventResult Describe(ReadOnlyMemory<byte> kept, long acknowledgedThrough) => !kept.IsEmpty && kept.Span[0] >> 5 == TextType
        ? new(EventOutcome.Unreadable, acknowledgedThrough, Error: new CborReader(kept).ReadTextString())
        : new(EventOutcome.Recorded, acknowledgedThrough);
}
