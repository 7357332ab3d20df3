using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Parking.Codes.Devices;

/// <summary>
/// A certificate's identity: its 16-byte <c>cti</c> claim, which contains the sealed holder, vehicle and device. The codes of one
/// certificate share it, so it names a passage, and the service can derive a person from it: avoid logging it.
/// </summary>
public readonly record struct CertificateId
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>The size of <see cref="Digest"/> in bytes.</summary>
    public const int DigestSize = 8;

    private readonly UInt128 _value;

    /// <summary>Creates an id from the 16 bytes in the certificate.</summary>
    /// <param name="bytes">Exactly 16 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public CertificateId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A certificate's id has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>
    /// The first 8 bytes of the id's SHA-256, as a big-endian number. A list of revoked certificates can be given to gates in this form: it
    /// finds a certificate that is shown, and names none that is not.
    /// </summary>
    public ulong Digest
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes, hash);
            return BinaryPrimitives.ReadUInt64BigEndian(hash);
        }
    }

    /// <summary>Writes the 16 bytes in the certificate.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter.</exception>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteUInt128BigEndian(destination, _value);
    }

    /// <summary>The 16 bytes in the certificate.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>32 lowercase hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);
}
