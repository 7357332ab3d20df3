using System.Formats.Cbor;

namespace Parking.Codes;

/// <summary>The parts of an untagged COSE_Sign1 (RFC 9052, section 4.2), not verified. The spans point into its bytes.</summary>
internal readonly ref struct CoseSign1
{
    // Sig_structure (RFC 9052, section 4.4): ["Signature1", protected header, external data, payload].
    private static readonly byte[] ToBeSignedStart = [0x84, 0x6A, .. "Signature1"u8];

    private CoseSign1(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        ProtectedHeader = protectedHeader;
        Payload = payload;
        Signature = signature;
    }

    public ReadOnlySpan<byte> ProtectedHeader { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>Reads one with an empty unprotected header, and leaves the cursor behind it.</summary>
    public static bool TryRead(scoped ref CborCursor cursor, out CoseSign1 message)
    {
        message = default;
        if (!cursor.TryReadArray(4)
            || !cursor.TryReadBytes(out var protectedHeader)
            || !cursor.TryReadMap(0)
            || !cursor.TryReadBytes(out var payload)
            || !cursor.TryReadBytes(out var signature))
        {
            return false;
        }

        message = new CoseSign1(protectedHeader, payload, signature);
        return true;
    }

    public static byte[] Encode(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        var writer = new CborWriter(
            CborConformanceMode.Canonical, initialCapacity: 16 + protectedHeader.Length + payload.Length + signature.Length);
        writer.WriteStartArray(4);
        writer.WriteByteString(protectedHeader);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Writes the signed bytes of a message whose parts have at most 255 bytes each. They fill the destination exactly.</summary>
    public static void WriteToBeSigned(
        ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> externalData, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        ToBeSignedStart.CopyTo(destination);
        destination = destination[ToBeSignedStart.Length..];
        WriteByteString(protectedHeader, ref destination);
        WriteByteString(externalData, ref destination);
        WriteByteString(payload, ref destination);
    }

    private static void WriteByteString(ReadOnlySpan<byte> value, ref Span<byte> destination)
    {
        if (value.Length < 24)
        {
            destination[0] = (byte)(0x40 | value.Length);
            destination = destination[1..];
        }
        else
        {
            destination[0] = 0x58;
            destination[1] = checked((byte)value.Length);
            destination = destination[2..];
        }

        value.CopyTo(destination);
        destination = destination[value.Length..];
    }
}
