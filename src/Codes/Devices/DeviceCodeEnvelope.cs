namespace Parking.Codes.Devices;

/// <summary>The parsed bytes of a device code. Only its shape is verified. The spans point into those bytes.</summary>
internal readonly ref struct DeviceCodeEnvelope
{
    private DeviceCodeEnvelope(
        CoseSign1 message, long algorithm, CertificateEnvelope certificate, uint issuedAt, ReadOnlySpan<byte> random)
    {
        Message = message;
        Algorithm = algorithm;
        Certificate = certificate;
        IssuedAt = issuedAt;
        Random = random;
    }

    public CoseSign1 Message { get; }

    public long Algorithm { get; }

    public CertificateEnvelope Certificate { get; }

    /// <summary>Seconds since 1970.</summary>
    public uint IssuedAt { get; }

    public ReadOnlySpan<byte> Random { get; }

    /// <summary>Parses exactly a device code. Only the algorithm numbers and the sizes of the signatures may differ.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DeviceCodeEnvelope envelope)
    {
        envelope = default;
        var cursor = new CborCursor(bytes);
        if (!CoseSign1.TryRead(ref cursor, out var message)
            || !cursor.AtEnd
            || !TryReadHeader(message.ProtectedHeader, out var algorithm, out var certificate)
            || !TryReadClaims(message.Payload, out var issuedAt, out var random)
            || !CodeFormat.IsSignatureSize(algorithm, message.Signature.Length))
        {
            return false;
        }

        envelope = new DeviceCodeEnvelope(message, algorithm, certificate, issuedAt, random);
        return true;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out long algorithm, out CertificateEnvelope certificate)
    {
        algorithm = 0;
        certificate = default;
        var cursor = new CborCursor(bytes);
        return cursor.TryReadMap(DeviceCodeFormat.HeaderCount)
            && cursor.TryReadLabel(CodeFormat.HeaderAlgorithm)
            && cursor.TryReadInteger(out algorithm)
            && cursor.TryReadLabel(DeviceCodeFormat.HeaderCertificate)
            && CertificateEnvelope.TryRead(ref cursor, out certificate)
            && cursor.AtEnd;
    }

    private static bool TryReadClaims(ReadOnlySpan<byte> bytes, out uint issuedAt, out ReadOnlySpan<byte> random)
    {
        issuedAt = 0;
        random = default;
        var cursor = new CborCursor(bytes);
        return cursor.TryReadMap(DeviceCodeFormat.ClaimCount)
            && cursor.TryReadLabel(CodeFormat.ClaimIssuedAt)
            && cursor.TryReadTime(out issuedAt)
            && cursor.TryReadLabel(CodeFormat.ClaimCodeId)
            && cursor.TryReadBytes(DeviceCodeFormat.RandomSize, out random)
            && cursor.AtEnd;
    }
}
