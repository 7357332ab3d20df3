using System.Formats.Cbor;

namespace Parking.Codes;

/// <summary>The COSE_Key labels and values of a P-256 verification key (RFC 9052 section 7, RFC 9053 section 7.1.1).</summary>
internal static class CoseKey
{
    public const int KeyType = 1;
    public const int KeyIdentifier = 2;
    public const int Algorithm = 3;
    public const int KeyOperations = 4;
    public const int Curve = -1;
    public const int X = -2;
    public const int Y = -3;
    public const int PrivateKey = -4;

    public const int KeyTypeEc2 = 2;
    public const int CurveP256 = 1;
    public const int OperationVerify = 2;

    /// <summary>The four members that a thumbprint hashes, in deterministic encoding (RFC 9679, section 4.2).</summary>
    public static byte[] EncodeForThumbprint(byte[] x, byte[] y)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(4);
        Write(writer, KeyType, KeyTypeEc2);
        Write(writer, Curve, CurveP256);
        Write(writer, X, x);
        Write(writer, Y, y);
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>
    /// Writes a key of a key set: the four members, its id, its algorithm, the operation "verify", and what it signs, unless that is null.
    /// </summary>
    public static void Write(CborWriter writer, VerificationKey key, string? signs)
    {
        writer.WriteStartMap(signs is null ? 7 : 8);
        Write(writer, KeyType, KeyTypeEc2);
        Write(writer, KeyIdentifier, key.Id.ToByteArray());
        Write(writer, Algorithm, CodeFormat.AlgorithmEs256);
        writer.WriteInt32(KeyOperations);
        writer.WriteStartArray(1);
        writer.WriteInt32(OperationVerify);
        writer.WriteEndArray();
        Write(writer, Curve, CurveP256);
        Write(writer, X, key.X);
        Write(writer, Y, key.Y);
        if (signs is not null)
        {
            writer.WriteTextString(KeySetRules.UseMember);
            writer.WriteTextString(signs);
        }

        writer.WriteEndMap();
    }

    private static void Write(CborWriter writer, int label, int value)
    {
        writer.WriteInt32(label);
        writer.WriteInt32(value);
    }

    private static void Write(CborWriter writer, int label, ReadOnlySpan<byte> value)
    {
        writer.WriteInt32(label);
        writer.WriteByteString(value);
    }
}
