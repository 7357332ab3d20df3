using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Parking.Api.Hosting.Identity;

/// <summary>A gate's key: 32 random bytes, shown as 43 characters of base64url. Only its SHA-256 is kept.</summary>
/// <remarks>A plain hash is enough where the secret is 256 random bits: there is no dictionary to try.</remarks>
internal static class GateKey
{
    public const int Size = 32;

    private const int TextLength = 43;

    /// <summary>A new key as text.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));

    /// <summary>The SHA-256 of the key that <paramref name="text"/> shows, in <paramref name="hash"/>; false if it shows none.</summary>
    public static bool TryHash(ReadOnlySpan<char> text, Span<byte> hash)
    {
        Span<byte> key = stackalloc byte[Size];
        return text.Length == TextLength
            && Base64Url.DecodeFromChars(text, key, out _, out var written) == OperationStatus.Done
            && written == Size
            && SHA256.TryHashData(key, hash, out _);
    }
}
