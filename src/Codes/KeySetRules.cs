using System.Buffers;
using System.Buffers.Text;

namespace Parking.Codes;

/// <summary>The rules that both published forms of a key set must satisfy when they are read.</summary>
internal static class KeySetRules
{
    /// <summary>The member that names the use of a key, in both forms; absent for code keys, which were there first.</summary>
    public const string UseMember = "urn:parking:signs";

    private const string OfCertificates = "device-certificates";

    /// <summary>The value of <see cref="UseMember"/>; null if there is none.</summary>
    public static string? NameOf(KeyUse use) => use == KeyUse.Certificates ? OfCertificates : null;

    public static VerificationKey Check(byte[] x, byte[] y, KeyId kid, string place)
    {
        VerificationKey key;
        try
        {
            key = new VerificationKey(x, y);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"{place}: {e.Message}", e);
        }

        // The id is always computed: a set that gives a key another key's id would accept the wrong signer.
        return key.Id == kid ? key : throw new FormatException($"{place}.kid: says {kid}, but the key's thumbprint begins with {key.Id}.");
    }

    public static PublicKeySet Build(List<VerificationKey> keys, KeyUse use)
    {
        if (keys.Count == 0)
        {
            throw new FormatException(
                $"keys: none of them is an ES256 verification key for {(use == KeyUse.Certificates ? "certificates" : "codes")}.");
        }

        try
        {
            return new PublicKeySet(keys, use);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"keys: {e.Message}", e);
        }
    }
}

/// <summary>Decodes base64url of a known size. The framework's Try method throws if the text is not base64url.</summary>
internal static class Base64UrlBytes
{
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> destination) =>
        Base64Url.DecodeFromChars(text, destination, out var consumed, out var written) == OperationStatus.Done
        && consumed == text.Length
        && written == destination.Length;
}
