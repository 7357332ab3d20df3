using System.Security.Cryptography;
using System.Text;
using Parking.Accounts;
using Parking.Codes;

namespace Parking.BackOffice.Archive;

/// <summary>
/// The names under which the archive keeps what it must find again, and which tell nothing to whoever has only its database: HMAC-SHA-256
/// under keys that are derived from one secret.
/// </summary>
public sealed class ArchiveKeys
{
    private const int Size = 16;

    private readonly byte[] _stays = new byte[32];
    private readonly byte[] _plates = new byte[32];

    /// <param name="secret">At least 32 bytes. Under another secret nothing is found that was archived before.</param>
    public ArchiveKeys(ReadOnlySpan<byte> secret)
    {
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _stays, salt: [], "parking archive stay 1"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _plates, salt: [], "parking archive plate 1"u8);
    }

    /// <summary>A stay's name in the archive, made of its public name: 32 hexadecimal digits, the same each time.</summary>
    public string StayOf(CodeId name) => Convert.ToHexStringLower(HMACSHA256.HashData(_stays, name.ToByteArray()).AsSpan(0, Size));

    /// <summary>What the archive keeps of a plate: 16 bytes.</summary>
    public byte[] PlateOf(Plate plate) => HMACSHA256.HashData(_plates, Encoding.UTF8.GetBytes(plate.Value))[..Size];
}
