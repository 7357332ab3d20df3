using System.Buffers.Binary;
using System.Security.Cryptography;
using Parking.Codes;

namespace Parking.Accounts;

/// <summary>
/// Makes invitations to share a vehicle: owner and slot, sealed like a code's identity, with random bytes. An invitation leads back to its
/// owner's account without an index. Nobody can guess one: it is one of 2^128 texts, and the owner's account has the hash of it alone.
/// </summary>
public sealed class Invitations
{
    private readonly CodeSeal _seal;

    /// <param name="secret">At least 32 bytes. With another secret, invitations that are still pending lead nowhere.</param>
    public Invitations(ReadOnlySpan<byte> secret)
    {
        Span<byte> key = stackalloc byte[CodeSeal.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], "parking vehicle invitation 1"u8);
        _seal = new(key);
    }

    /// <summary>A new invitation to share the vehicle in a slot. It is a secret until it is accepted or expires.</summary>
    public CodeId Create(HolderId owner, VehicleSlot slot)
    {
        Span<byte> random = stackalloc byte[CodeSeal.RandomSize];
        RandomNumberGenerator.Fill(random);
        return _seal.Seal(owner, slot, random);
    }

    /// <summary>
    /// Whose vehicle it would be. Any 16 bytes lead to some holder; only that holder's account tells whether there is such an invitation.
    /// </summary>
    public SealedHolder OwnerOf(CodeId invitation) => _seal.Open(invitation);

    /// <summary>What is kept of an invitation, and the id of the share that it becomes: half of its SHA-256.</summary>
    public static ShareId IdOf(CodeId invitation) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(invitation.ToByteArray())));
}
