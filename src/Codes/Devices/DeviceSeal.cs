using System.Security.Cryptography;

namespace Parking.Codes.Devices;

/// <summary>
/// Encrypts holder, vehicle and device into a certificate's id and decrypts it: one AES-256 block over holder id (8 bytes, big-endian),
/// vehicle slot (1), device (1) and random bytes (6). Thread-safe.
/// </summary>
/// <remarks>
/// The AES key is derived from the stored one with a label of certificates. So the id of a certificate and that of a code can never be
/// taken for each other, even if both were sealed under the same stored key. Why one bare block is safe is told at
/// <see cref="CodeSeal"/>.
/// </remarks>
internal sealed class DeviceSeal
{
    /// <summary>The number of random bytes in an id.</summary>
    public const int RandomSize = CodeSeal.RandomSize - 1;

    private readonly CodeSeal _block;

    /// <param name="stored">The sealing key of a certificate key, as the ring stores it.</param>
    public DeviceSeal(CodeSeal stored)
    {
        Span<byte> key = stackalloc byte[CodeSeal.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, stored.ExportKey(), key, salt: [], "parking device certificate 1"u8);
        _block = new CodeSeal(key);
    }

    /// <param name="holder">The holder, vehicle and device that the certificate names.</param>
    /// <param name="random">Exactly 6 bytes, new for each certificate.</param>
    public CertificateId Seal(SealedHolder holder, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomSize);
        var id = _block.Seal(holder.Holder, holder.Vehicle, [holder.Device.Value, .. random]);
        return new CertificateId(id.ToByteArray());
    }

    /// <param name="id">The id of a verified certificate; any other id decrypts to a meaningless holder.</param>
    public SealedHolder Open(CertificateId id)
    {
        Span<byte> device = stackalloc byte[1];
        return _block.Open(new CodeId(id.ToByteArray()), device) with { Device = new DeviceNumber(device[0]) };
    }
}
