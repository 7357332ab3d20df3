using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Parking.Codes;

/// <summary>
/// The key set as JSON (RFC 7517, RFC 7518 section 6.2). Keys of other algorithms are skipped, as RFC 7517 section 5 says, so that a future
/// kind of key does not stop today's gates. Keys for ES256 must be valid.
/// </summary>
internal static class JwksFormat
{
    private const string KeyType = "EC";
    private const string Curve = "P-256";
    private const string Algorithm = "ES256";
    private const string Use = "sig";

    private static readonly JsonDocumentOptions ReadOptions = new() { AllowDuplicateProperties = false };

    public static byte[] Write(PublicKeySet set)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in set.Keys)
            {
                Write(json, key, set.Use);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static PublicKeySet Read(ReadOnlySpan<byte> utf8, KeyUse use)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), ReadOptions);
            return Read(document.RootElement, use);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a JWK set: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter json, VerificationKey key, KeyUse use)
    {
        json.WriteStartObject();
        json.WriteString("kty", KeyType);
        json.WriteString("crv", Curve);
        json.WriteString("x", Base64Url.EncodeToString(key.X));
        json.WriteString("y", Base64Url.EncodeToString(key.Y));
        json.WriteString("kid", key.Id.ToString());
        json.WriteString("alg", Algorithm);
        json.WriteString("use", Use);
        if (KeySetRules.NameOf(use) is { } name)
        {
            json.WriteString(KeySetRules.UseMember, name);
        }

        json.WriteEndObject();
    }

    private static PublicKeySet Read(JsonElement root, KeyUse use)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("keys", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("Not a JWK set: an object with the array 'keys' is expected.");
        }

        var keys = new List<VerificationKey>();
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            if (ReadKey(element, use, $"keys[{index++}]") is { } key)
            {
                keys.Add(key);
            }
        }

        return KeySetRules.Build(keys, use);
    }

    private static VerificationKey? ReadKey(JsonElement element, KeyUse use, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{place}: an object is expected.");
        }

        if (element.TryGetProperty("d", out _))
        {
            throw new FormatException($"{place}.d: a private key must not be in a public key set.");
        }

        return Text(element, "kty", place) == KeyType
            && Text(element, "crv", place) == Curve
            && Text(element, "alg", place) == Algorithm
            && Text(element, "use", place) is Use or null
            && Text(element, KeySetRules.UseMember, place) == KeySetRules.NameOf(use)
            ? KeySetRules.Check(Bytes(element, "x", place), Bytes(element, "y", place), Kid(element, place), place)
            : null;
    }

    private static KeyId Kid(JsonElement element, string place) =>
        KeyId.TryParse(Text(element, "kid", place), out var kid)
            ? kid
            : throw new FormatException($"{place}.kid: 8 hexadecimal digits are expected.");

    private static byte[] Bytes(JsonElement element, string name, string place)
    {
        var bytes = new byte[VerificationKey.CoordinateSize];
        return Base64UrlBytes.TryRead(Text(element, name, place), bytes)
            ? bytes
            : throw new FormatException($"{place}.{name}: {bytes.Length} bytes in base64url are expected.");
    }

    private static string? Text(JsonElement element, string name, string place)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new FormatException($"{place}.{name}: a string is expected.");
    }
}
