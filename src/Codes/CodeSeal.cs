using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parking.Codes;

/// <summary>
/// Hides a holder in a code's id, and finds it again: one AES-256 block over holder id (8 bytes, big-endian), vehicle slot (1) and
/// random bytes (7). Safe to use from many threads at once.
/// </summary>
/// <remarks>
/// A single block through the bare cipher is what "ECB" means here, and it is right: AES is a pseudorandom permutation, so distinct
/// blocks give unrelated ids, and the random bytes make the block distinct each time. ECB's weakness, equal blocks of a longer message
/// showing, cannot arise with one. A chosen 16-byte id leaves no room for a nonce or tag, and needs none: that an id is ours is what
/// the code's signature says, so open only the id of a code that was verified; any other 16 bytes open to nonsense.
/// </remarks>
public sealed class CodeSeal
{
    /// <summary>The size of a sealing key in bytes (AES-256).</summary>
    public const int KeySize = 32;

    /// <summary>How many random bytes go into an id.</summary>
    public const int RandomSize = 7;

    private const int SlotAt = sizeof(ulong);
    private const int RandomAt = SlotAt + 1;

    private readonly byte[] _key;
    private readonly InstancePool<Aes> _ciphers;

    /// <summary>A seal of a given key.</summary>
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

    /// <summary>A seal of a new random key.</summary>
    /// <returns>The seal.</returns>
    public static CodeSeal Create()
    {
        Span<byte> key = stackalloc byte[KeySize];
        RandomNumberGenerator.Fill(key);
        return new CodeSeal(key);
    }

    /// <summary>Makes the id of a new code.</summary>
    /// <param name="holder">Whose code it is.</param>
    /// <param name="vehicle">The vehicle it names, or none.</param>
    /// <param name="random">Exactly 7 bytes, fresh for each code.</param>
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

    /// <summary>Undoes <see cref="Seal"/>.</summary>
    /// <param name="id">The id of a code that was verified with the key pair this seal belongs to; anything else opens to nonsense.</param>
    /// <returns>Holder and vehicle.</returns>
    public SealedHolder Open(CodeId id) => Open(id, []);

    /// <summary>Undoes <see cref="Seal"/>, and tells the random bytes, for a caller who put something of its own there.</summary>
    /// <param name="id">The id of a code that was verified with the key pair this seal belongs to; anything else opens to nonsense.</param>
    /// <param name="random">Takes the first bytes of the random part, at most <see cref="RandomSize"/>.</param>
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

    /// <summary>The secret, for storing the key ring.</summary>
    internal ReadOnlySpan<byte> ExportKey() => _key;

    private Aes CreateCipher()
    {
        var cipher = Aes.Create();
        cipher.Key = _key;
        return cipher;
    }
}
