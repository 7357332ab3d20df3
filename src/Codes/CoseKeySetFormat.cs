using System.Formats.Cbor;

namespace Parking.Codes;

/// <summary>
/// The key set as CBOR (RFC 9052, section 7). Keys of other algorithms are skipped, as in the JSON form; keys for ES256 must be valid. It
/// reads any well-formed CBOR without duplicate labels, not only the deterministic form.
/// </summary>
internal static class CoseKeySetFormat
{
    public static byte[] Write(PublicKeySet set)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(set.Keys.Count);
        foreach (var key in set.Keys)
        {
            CoseKey.Write(writer, key, KeySetRules.NameOf(set.Use));
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    public static PublicKeySet Read(ReadOnlyMemory<byte> cbor, KeyUse use)
    {
        try
        {
            var reader = new CborReader(cbor, CborConformanceMode.Strict);
            var keys = new List<VerificationKey>();
            reader.ReadStartArray();
            for (var index = 0; reader.PeekState() != CborReaderState.EndArray; index++)
            {
                if (ReadKey(reader, use, $"keys[{index}]") is { } key)
                {
                    keys.Add(key);
                }
            }

            reader.ReadEndArray();
            return reader.BytesRemaining == 0
                ? KeySetRules.Build(keys, use)
                : throw new FormatException("Not a COSE key set: bytes follow its end.");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            // The reader throws these if the bytes are not CBOR, have another type, or a number is out of range.
            throw new FormatException($"Not a COSE key set: {e.Message}", e);
        }
    }

    private static VerificationKey? ReadKey(CborReader reader, KeyUse use, string place)
    {
        var values = ReadMap(reader, out var signs);
        if (values.ContainsKey(CoseKey.PrivateKey))
        {
            throw new FormatException($"{place}: a private key must not be in a public key set.");
        }

        return Is(values, CoseKey.KeyType, CoseKey.KeyTypeEc2)
            && Is(values, CoseKey.Curve, CoseKey.CurveP256)
            && Is(values, CoseKey.Algorithm, CodeFormat.AlgorithmEs256)
            && MayVerify(values)
            && signs == KeySetRules.NameOf(use)
            ? KeySetRules.Check(
                Bytes(values, CoseKey.X, VerificationKey.CoordinateSize, place),
                Bytes(values, CoseKey.Y, VerificationKey.CoordinateSize, place),
                KeyId.FromBytes(Bytes(values, CoseKey.KeyIdentifier, KeyId.Size, place)),
                place)
            : null;
    }

    // Values stay encoded until their label determines the type: in other kinds of key they can have any type.
    private static Dictionary<long, ReadOnlyMemory<byte>> ReadMap(CborReader reader, out string? signs)
    {
        signs = null;
        var values = new Dictionary<long, ReadOnlyMemory<byte>>();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (IsInteger(reader))
            {
                values.Add(reader.ReadInt64(), reader.ReadEncodedValue());
                continue;
            }

            var label = reader.PeekState() == CborReaderState.TextString ? reader.ReadTextString() : Skip(reader);
            if (label == KeySetRules.UseMember)
            {
                signs = reader.ReadTextString();
            }
            else
            {
                reader.SkipValue();
            }
        }

        reader.ReadEndMap();
        return values;
    }

    private static string? Skip(CborReader reader)
    {
        reader.SkipValue();
        return null;
    }

    private static bool Is(Dictionary<long, ReadOnlyMemory<byte>> values, int label, int expected) =>
        values.TryGetValue(label, out var encoded) && Is(encoded, expected);

    private static bool Is(ReadOnlyMemory<byte> encoded, int expected)
    {
        var value = new CborReader(encoded);
        return IsInteger(value) && value.ReadInt64() == expected;
    }

    private static bool IsInteger(CborReader reader) =>
        reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger;

    private static bool MayVerify(Dictionary<long, ReadOnlyMemory<byte>> values)
    {
        if (!values.TryGetValue(CoseKey.KeyOperations, out var encoded))
        {
            return true;
        }

        var operations = new CborReader(encoded);
        operations.ReadStartArray();
        while (operations.PeekState() != CborReaderState.EndArray)
        {
            if (Is(operations.ReadEncodedValue(), CoseKey.OperationVerify))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Bytes(Dictionary<long, ReadOnlyMemory<byte>> values, int label, int size, string place)
    {
        if (values.TryGetValue(label, out var encoded)
            && new CborReader(encoded) is var value
            && value.PeekState() == CborReaderState.ByteString
            && value.ReadByteString() is var bytes
            && bytes.Length == size)
        {
            return bytes;
        }

        throw new FormatException($"{place}: label {label} must be {size} bytes.");
    }
}
