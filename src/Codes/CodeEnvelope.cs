namespace Parking.Codes;

/// <summary>The parsed bytes of a code. Only its shape is verified. The spans point into those bytes.</summary>
internal readonly ref struct CodeEnvelope
{
    private CodeEnvelope(CoseSign1 message, long algorithm, KeyId keyId, Claims claims)
    {
        Message = message;
        Algorithm = algorithm;
        KeyId = keyId;
        ExpiresAt = claims.ExpiresAt;
        IssuedAt = claims.IssuedAt;
        CodeId = claims.CodeId;
    }

    public CoseSign1 Message { get; }

    public long Algorithm { get; }

    public KeyId KeyId { get; }

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
        if (!CoseSign1.TryRead(ref cursor, out var message)
            || !cursor.AtEnd
            || !TryReadHeader(message.ProtectedHeader, out var algorithm, out var keyId)
            || !TryReadClaims(message.Payload, out var claims)
            || !CodeFormat.IsSignatureSize(algorithm, message.Signature.Length))
        {
            return false;
        }

        envelope = new CodeEnvelope(message, algorithm, keyId, claims);
        return true;
    }

    /// <summary>Reads the protected header of a code or a certificate.</summary>
    internal static bool TryReadHeader(ReadOnlySpan<byte> bytes, out long algorithm, out KeyId keyId)
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
            || !cursor.TryReadTime(out var expiresAt)
            || !cursor.TryReadLabel(CodeFormat.ClaimIssuedAt)
            || !cursor.TryReadTime(out var issuedAt)
            || !cursor.TryReadLabel(CodeFormat.ClaimCodeId)
            || !cursor.TryReadBytes(CodeId.Size, out var id)
            || !cursor.AtEnd)
        {
            return false;
        }

        claims = new Claims(expiresAt, issuedAt, new CodeId(id));
        return true;
    }

    private readonly record struct Claims(uint ExpiresAt, uint IssuedAt, CodeId CodeId);
}
