using System.Formats.Cbor;

namespace Parking.Codes.Devices;

/// <summary>
/// How a device proves that a request comes from it: an untagged COSE_Sign1 (RFC 9052, section 4.2) in deterministic encoding, signed with
/// the device's own key, not with that of a code:
/// <code>
/// [ h'{1: -7}', {}, payload, signature(64) ]
/// </code>
/// The signature covers <c>SP2-LINK</c> as external data, so a code is no proof, and a proof no code.
/// </summary>
public static class DeviceProof
{
    /// <summary>The largest payload in bytes.</summary>
    public const int MaxPayload = 16 * 1024;

    private static readonly byte[] Header = [0xA1, 0x01, 0x26];
    private static readonly byte[] ExternalData = [.. "SP2-LINK"u8];

    /// <summary>Signs a request.</summary>
    /// <param name="device">The device's own key.</param>
    /// <param name="payload">The request: at most <see cref="MaxPayload"/> bytes.</param>
    /// <returns>The proof, which contains the payload.</returns>
    public static byte[] Make(ICodeSigner device, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxPayload, nameof(payload));
        Span<byte> signature = stackalloc byte[VerificationKey.SignatureSize];
        device.Sign(ToBeSigned(payload), signature);
        return CoseSign1.Encode(Header, payload, signature);
    }

    /// <summary>Verifies a proof. Never throws.</summary>
    /// <param name="proof">The bytes.</param>
    /// <param name="device">The key that must have signed it.</param>
    /// <returns>The payload; null if this is no proof by that key.</returns>
    public static byte[]? Read(ReadOnlySpan<byte> proof, VerificationKey device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var cursor = new CborCursor(proof);
        return CoseSign1.TryRead(ref cursor, out var message)
            && cursor.AtEnd
            && message.ProtectedHeader.SequenceEqual(Header)
            && message.Payload.Length <= MaxPayload
            && device.Verify(ToBeSigned(message.Payload), message.Signature)
                ? message.Payload.ToArray()
                : null;
    }

    // Sig_structure (RFC 9052, section 4.4).
    private static byte[] ToBeSigned(ReadOnlySpan<byte> payload)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: 64 + payload.Length);
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(Header);
        writer.WriteByteString(ExternalData);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
