namespace Parking.Codes.Devices;

/// <summary>The parsed bytes of a certificate. Only its shape is verified. The spans point into those bytes.</summary>
internal readonly ref struct CertificateEnvelope
{
    private CertificateEnvelope(CoseSign1 message, long algorithm, KeyId keyId, Claims claims, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        Message = message;
        Algorithm = algorithm;
        KeyId = keyId;
        ExpiresAt = claims.ExpiresAt;
        IssuedAt = claims.IssuedAt;
        Id = claims.Id;
        X = x;
        Y = y;
    }

    public CoseSign1 Message { get; }

    public long Algorithm { get; }

    public KeyId KeyId { get; }

    /// <summary>Seconds since 1970.</summary>
    public uint ExpiresAt { get; }

    /// <summary>Seconds since 1970.</summary>
    public uint IssuedAt { get; }

    public CertificateId Id { get; }

    /// <summary>The device's key: 32 bytes. Whether the point is on the curve is not verified.</summary>
    public ReadOnlySpan<byte> X { get; }

    /// <summary>As <see cref="X"/>.</summary>
    public ReadOnlySpan<byte> Y { get; }

    /// <summary>Parses exactly a certificate, of any algorithm, and leaves the cursor behind it.</summary>
    public static bool TryRead(scoped ref CborCursor cursor, out CertificateEnvelope envelope)
    {
        envelope = default;
        if (!CoseSign1.TryRead(ref cursor, out var message)
            || !CodeEnvelope.TryReadHeader(message.ProtectedHeader, out var algorithm, out var keyId)
            || !CodeFormat.IsSignatureSize(algorithm, message.Signature.Length))
        {
            return false;
        }

        var payload = new CborCursor(message.Payload);
        if (!payload.TryReadMap(CertificateFormat.ClaimCount)
            || !payload.TryReadLabel(CodeFormat.ClaimExpiresAt)
            || !payload.TryReadTime(out var expiresAt)
            || !payload.TryReadLabel(CodeFormat.ClaimIssuedAt)
            || !payload.TryReadTime(out var issuedAt)
            || !payload.TryReadLabel(CodeFormat.ClaimCodeId)
            || !payload.TryReadBytes(CertificateId.Size, out var id)
            || !payload.TryReadLabel(CertificateFormat.ClaimConfirmation)
            || !TryReadKey(ref payload, out var x, out var y)
            || !payload.AtEnd)
        {
            return false;
        }

        envelope = new CertificateEnvelope(message, algorithm, keyId, new Claims(expiresAt, issuedAt, new CertificateId(id)), x, y);
        return true;
    }

    // cnf: {COSE_Key: {kty: EC2, crv: P-256, x, y}}
    private static bool TryReadKey(scoped ref CborCursor payload, out ReadOnlySpan<byte> x, out ReadOnlySpan<byte> y)
    {
        x = y = default;
        return payload.TryReadMap(1)
            && payload.TryReadLabel(CertificateFormat.ConfirmationKey)
            && payload.TryReadMap(CertificateFormat.KeyMemberCount)
            && payload.TryReadLabel(CoseKey.KeyType)
            && payload.TryReadLabel(CoseKey.KeyTypeEc2)
            && payload.TryReadLabel(CoseKey.Curve)
            && payload.TryReadLabel(CoseKey.CurveP256)
            && payload.TryReadLabel(CoseKey.X)
            && payload.TryReadBytes(VerificationKey.CoordinateSize, out x)
            && payload.TryReadLabel(CoseKey.Y)
            && payload.TryReadBytes(VerificationKey.CoordinateSize, out y);
    }

    private readonly record struct Claims(uint ExpiresAt, uint IssuedAt, CertificateId Id);
}
