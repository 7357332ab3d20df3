namespace Parking.Codes;

/// <summary>The parsed bytes of a code. Only its shape is verified. The spans point into those bytes.</summary>
internal readonly ref struct CodeEnvelope
{
    private CodeEnvelope(
        long algorithm,
        KeyId keyId,
        ReadOnlySpan<byte> protectedHeader,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> signature,
        Claims claims)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        ProtectedHeader = protectedHeader;
        Payload = payload;
        Signature = signature;
        ExpiresAt = claims.ExpiresAt;
        IssuedAt = claims.IssuedAt;
        CodeId = claims.CodeId;
    }

    public long Algorithm { get; }

    public KeyId KeyId { get; }

    public ReadOnlySpan<byte> ProtectedHeader { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>Seconds since 1970.</summary>
    public uint ExpiresAt { get; }

    /// <summary>Seconds since 1970.</summary>
    public uint IssuedAt { get; }

    public CodeId CodeId { get; }

    /// <summary>
    /// Parses exactly a code. Only the algorithm number and the size of the signature may differ, so that a code of another algorithm is
    /// distinguished from a damaged one.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CodeEnvelope envelope)
    {
        envelope = default;
        var cursor = new CborCursor(bytes);
        if (!cursor.TryReadArray(4)
            || !cursor.TryReadBytes(out var protectedHeader)
            || !cursor.TryReadMap(0)
            || !cursor.TryReadBytes(out var payload)
            || !cursor.TryReadBytes(out var signature)
            || !cursor.AtEnd
            || !TryReadHeader(protectedHeader, out var algorithm, out var keyId)
            || !TryReadClaims(payload, out var claims)
            || (algorithm == CodeFormat.AlgorithmEs256 && signature.Length != VerificationKey.SignatureSize))
        {
            return false;
        }

        envelope = new CodeEnvelope(algorithm, keyId, protectedHeader, payload, signature, claims);
        return true;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out long algorithm, out KeyId keyId)
    {
        algorithm = 0;
        keyId = default;
        var cursor = new CborCursor(bytes);
        if (!cursor.TryReadMap(CodeFormat.HeaderCount)
            || !cursor.TryReadLabel(CodeFormat.HeaderAlgorithm)
            || !cursor.TryReadInteger(out algorithm)
            || !cursor.TryReadLabel(CodeFormat.HeaderKeyId)
            || !cursor.TryReadBytes(KeyId.Size, out var kid)
            || !cursor.AtEnd)
        {
            return false;
        }

        keyId = KeyId.FromBytes(kid);
        return true;
    }

    private static bool TryReadClaims(ReadOnlySpan<byte> bytes, out Claims claims)
    {
        claims = default;
        var cursor = new CborCursor(bytes);
        if (!cursor.TryReadMap(CodeFormat.ClaimCount)
            || !cursor.TryReadLabel(CodeFormat.ClaimExpiresAt)
            || !TryReadTime(ref cursor, out var expiresAt)
            || !cursor.TryReadLabel(CodeFormat.ClaimIssuedAt)
            || !TryReadTime(ref cursor, out var issuedAt)
            || !cursor.TryReadLabel(CodeFormat.ClaimCodeId)
            || !cursor.TryReadBytes(CodeId.Size, out var id)
            || !cursor.AtEnd)
        {
            return false;
        }

        claims = new Claims(expiresAt, issuedAt, new CodeId(id));
        return true;
    }

    private static bool TryReadTime(ref CborCursor cursor, out uint seconds)
    {
        var read = cursor.TryReadUnsigned(out var value) && value is >= CodeFormat.FirstSecond and <= CodeFormat.LastSecond;
        seconds = read ? (uint)value : 0;
        return read;
    }

    private readonly record struct Claims(uint ExpiresAt, uint IssuedAt, CodeId CodeId);
}
