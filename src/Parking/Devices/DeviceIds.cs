using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;
using Parking.Codes;
using Parking.Codes.Devices;

namespace Parking.Devices;

/// <summary>
/// Names devices to the outside, and makes the challenges that they sign. A name leads to the holder's devices without an index and without
/// a sign-in. Nobody can make one: it has 56 bits of the hash of the device's key in it.
/// </summary>
public sealed class DeviceIds
{
    /// <summary>How long a challenge can be answered.</summary>
    public static readonly Duration ChallengeLifetime = Duration.FromMinutes(5);

    /// <summary>The size of a challenge in bytes.</summary>
    public const int ChallengeSize = sizeof(long) + ProofSize;

    private const int ProofSize = 16;

    private readonly CodeSeal _seal;
    private readonly byte[] _key = new byte[32];

    /// <param name="secret">
    /// At least 32 bytes. With another secret, the names of devices lead nowhere, and they must be linked anew.
    /// </param>
    public DeviceIds(ReadOnlySpan<byte> secret)
    {
        Span<byte> key = stackalloc byte[CodeSeal.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], "parking device 1"u8);
        _seal = new(key);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _key, salt: [], "parking device challenge 1"u8);
    }

    /// <summary>The name of a linked device of a holder: the same each time, and another one for each key.</summary>
    public CodeId IdOf(HolderId holder, Device device) =>
        _seal.Seal(holder, new(device.Number.Value), device.Link!.Key.Hash().AsSpan(0, CodeSeal.RandomSize));

    /// <summary>The holder and number that a name leads to. Any 16 bytes lead somewhere: see <see cref="IsNameOf"/>.</summary>
    public (HolderId Holder, DeviceNumber Number) Open(CodeId id)
    {
        var opened = _seal.Open(id);
        return (opened.Holder, new(opened.Vehicle.Value));
    }

    /// <summary>Whether a name is that of a device of a holder.</summary>
    public bool IsNameOf(CodeId id, HolderId holder, Device device) => device.Link is not null && IdOf(holder, device) == id;

    /// <summary>A new challenge for a device. Nothing is kept of it.</summary>
    public byte[] CreateChallenge(CodeId device, Instant now)
    {
        var challenge = new byte[ChallengeSize];
        BinaryPrimitives.WriteInt64BigEndian(challenge, (now + ChallengeLifetime).ToUnixTimeMilliseconds());
        ProofOf(device, challenge.AsSpan(0, sizeof(long))).CopyTo(challenge.AsSpan(sizeof(long)));
        return challenge;
    }

    /// <summary>Whether a challenge was made here for this device, and can still be answered.</summary>
    public bool IsOpen(ReadOnlySpan<byte> challenge, CodeId device, Instant now) =>
        challenge.Length == ChallengeSize
        && CryptographicOperations.FixedTimeEquals(challenge[sizeof(long)..], ProofOf(device, challenge[..sizeof(long)]))
        && BinaryPrimitives.ReadInt64BigEndian(challenge) > now.ToUnixTimeMilliseconds();

    private ReadOnlySpan<byte> ProofOf(CodeId device, ReadOnlySpan<byte> until) =>
        HMACSHA256.HashData(_key, (byte[])[.. until, .. device.ToByteArray()]).AsSpan(0, ProofSize);
}
