using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Parking.Codes.Devices;

namespace Parking.Codes;

/// <summary>
/// Encrypts a holder into a code's id and decrypts it: one AES-256 block over holder id (8 bytes, big-endian), vehicle slot (1) and random
/// bytes (7). Thread-safe.
/// </summary>
/// <remarks>
/// "ECB" here means one block through the bare cipher, and that is safe: AES is a pseudorandom permutation, so distinct blocks give
/// unrelated ids, and the random bytes make each block distinct. The weakness of ECB, that equal blocks of a message stay equal, does not
/// exist with one block. 16 bytes leave no room for a nonce or tag, and need none: the code's signature authenticates the id. So open only
/// the id of a verified code; any other 16 bytes decrypt to a meaningless holder.
/// </remarks>
public sealed class CodeSeal
{
    /// <summary>The size of a sealing key in bytes (AES-256).</summary>
    public const int KeySize = 32;

    /// <summary>The number of random bytes in an id.</summary>
    public const int RandomSize = 7;

    private const int SlotAt = sizeof(ulong);
    private const int RandomAt = SlotAt + 1;

    private readonly byte[] _key;
    private readonly InstancePool<Aes> _ciphers;

    /// <summary>Creates a seal with a given key.</summary>
    /// <param name="key">Exactly 32 secret bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public CodeSeal(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException($"A sealing key has {KeySize} bytes, not {key.Length}.", nameof(key));
        }

        _key = key.ToArray();
        _ciphers = new InstancePool<Aes>(CreateCipher);
    }

    /// <summary>Creates a seal with a new random key.</summary>
    /// <returns>The seal.</returns>
    public static CodeSeal Create()
    {
        Span<byte> key = stackalloc byte[KeySize];
        RandomNumberGenerator.Fill(key);
        return new CodeSeal(key);
    }

    /// <summary>Creates the id of a new code.</summary>
    /// <param name="holder">The holder of the code.</param>
    /// <param name="vehicle">The vehicle that the code names, or none.</param>
    /// <param name="random">Exactly 7 bytes, new for each code.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException"><paramref name="random"/> has another length.</exception>
    public CodeId Seal(HolderId holder, VehicleSlot vehicle, ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomSize)
        {
            throw new ArgumentException($"An id takes {RandomSize} random bytes, not {random.Length}.", nameof(random));
        }

        Span<byte> block = stackalloc byte[CodeId.Size];
        BinaryPrimitives.WriteUInt64BigEndian(block, holder.Value);
        block[SlotAt] = vehicle.Value;
        random.CopyTo(block[RandomAt..]);

        Span<byte> id = stackalloc byte[CodeId.Size];
        var cipher = _ciphers.Rent();
        cipher.EncryptEcb(block, id, PaddingMode.None);
        _ciphers.Return(cipher);
        return new CodeId(id);
    }

    /// <summary>Decrypts the holder and vehicle of an id.</summary>
    /// <param name="id">
    /// The id of a code that was verified with the key pair of this seal; any other id decrypts to a meaningless holder.
    /// </param>
    /// <returns>Holder and vehicle.</returns>
    public SealedHolder Open(CodeId id) => Open(id, []);

    /// <summary>Decrypts the holder and vehicle of an id, and its random bytes, for a caller that used them for its own data.</summary>
    /// <param name="id">
    /// The id of a code that was verified with the key pair of this seal; any other id decrypts to a meaningless holder.
    /// </param>
    /// <param name="random">Receives the first bytes of the random part, at most <see cref="RandomSize"/>.</param>
    /// <returns>Holder and vehicle.</returns>
    public SealedHolder Open(CodeId id, Span<byte> random)
    {
        Span<byte> bytes = stackalloc byte[CodeId.Size];
        id.CopyTo(bytes);

        Span<byte> block = stackalloc byte[CodeId.Size];
        var cipher = _ciphers.Rent();
        cipher.DecryptEcb(bytes, block, PaddingMode.None);
        _ciphers.Return(cipher);
        block.Slice(RandomAt, random.Length).CopyTo(random);
        return new SealedHolder(new HolderId(BinaryPrimitives.ReadUInt64BigEndian(block)), new VehicleSlot(block[SlotAt]));
    }

    /// <summary>The secret key, to store the key ring.</summary>
    internal ReadOnlySpan<byte> ExportKey() => _key;

    private Aes CreateCipher()
    {
        var cipher = Aes.Create();
        cipher.Key = _key;
        return cipher;
    }
}

/// <summary>The content of a code's or a certificate's id, which only the service can decrypt.</summary>
/// <param name="Holder">The holder of the code.</param>
/// <param name="Vehicle">The vehicle that the code names, or <see cref="VehicleSlot.None"/>.</param>
public readonly record struct SealedHolder(HolderId Holder, VehicleSlot Vehicle)
{
    /// <summary>The device that signed the code, or <see cref="DeviceNumber.None"/>.</summary>
    public DeviceNumber Device { get; init; }
}

/// <summary>The seals by key, with which only the service finds a code's holder. Immutable and thread-safe.</summary>
public sealed class SealingKeys
{
    private readonly FrozenDictionary<KeyId, CodeSeal> _codes;
    private readonly FrozenDictionary<KeyId, DeviceSeal> _certificates;

    /// <summary>Takes the seals of some keys.</summary>
    /// <param name="codes">Code keys with distinct ids.</param>
    /// <param name="certificates">Certificate keys with distinct ids; can be empty.</param>
    /// <exception cref="ArgumentException">Two keys of one use have the same id.</exception>
    public SealingKeys(IEnumerable<SigningKey> codes, IEnumerable<SigningKey> certificates)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(certificates);
        _codes = codes.ToFrozenDictionary(key => key.Id, key => key.Seal);
        _certificates = certificates.ToFrozenDictionary(key => key.Id, key => new DeviceSeal(key.Seal));
    }

    /// <summary>Finds the holder of a code.</summary>
    /// <param name="check">The result of verifying it, <see cref="CodeCheck.IsGenuine"/>.</param>
    /// <param name="holder">Holder, vehicle and device, or the default if the key is not here.</param>
    /// <returns>False if the key is not here: it has been dropped, or the check used another key set.</returns>
    public bool TryOpen(CodeCheck check, out SealedHolder holder)
    {
        SealedHolder? opened = check.Certificate is { } certificate
            ? _certificates.GetValueOrDefault(check.KeyId)?.Open(certificate.Id)
            : _codes.GetValueOrDefault(check.KeyId)?.Open(check.CodeId);
        holder = opened ?? default;
        return opened is not null;
    }

    /// <summary>Finds the holder of a code whose key is known to be here.</summary>
    /// <param name="check">The result of verifying it, <see cref="CodeCheck.IsGenuine"/>.</param>
    /// <returns>Holder, vehicle and device.</returns>
    /// <exception cref="KeyNotFoundException">The key is not here (see <see cref="TryOpen"/>).</exception>
    public SealedHolder Open(CodeCheck check) =>
        TryOpen(check, out var holder) ? holder : throw new KeyNotFoundException($"No sealing key belongs to key {check.KeyId}.");
}
