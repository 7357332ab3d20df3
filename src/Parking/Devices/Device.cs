using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>
/// A phone that makes codes for vehicles of a holder without a network: one that the holder has linked, or one of somebody with whom the
/// holder shares a vehicle. Immutable.
/// </summary>
/// <param name="Number">Its number with the holder; part of every certificate.</param>
/// <param name="Link">How it was linked; null for a device of somebody who shares a vehicle.</param>
/// <param name="Guest">Whose it is; null for a device that the holder has linked.</param>
public sealed record Device(DeviceNumber Number, DeviceLink? Link, GuestDevice? Guest = null)
{
    /// <summary>What it was given, until an hour after that has expired.</summary>
    public ImmutableArray<CertificateMark> Issued { get; init; } = [];

    /// <summary>How it ended; null while its codes are accepted.</summary>
    public DeviceEnd? Ended { get; init; }

    /// <summary>Names nobody.</summary>
    public override string ToString() => $"device {Number}";
}

/// <summary>How a holder has linked a device.</summary>
/// <param name="Key">The device's own key. It signs requests for certificates, and no codes.</param>
/// <param name="Name">What the holder calls it.</param>
/// <param name="LinkedAt">When it was linked first.</param>
/// <param name="SignedInAt">When somebody who was signed in last linked it.</param>
/// <param name="UsedAt">When it was last linked, or got certificates.</param>
public sealed record DeviceLink(DevicePoint Key, string Name, Instant LinkedAt, Instant SignedInAt, Instant UsedAt)
{
    /// <summary>For how long after the last sign-in a device can get certificates.</summary>
    public static readonly Duration Renewable = Duration.FromDays(90);

    /// <summary>From then on it gets no certificates until somebody signs in with it again.</summary>
    public Instant RenewableUntil => SignedInAt + Renewable;

    /// <summary>Where it is a guest, for vehicles that others share: their holder, and its number there.</summary>
    public ImmutableArray<(HolderId Owner, DeviceNumber Number)> Elsewhere { get; init; } = [];

    /// <summary>Names nobody.</summary>
    public override string ToString() => "link of a device";
}

/// <summary>
/// A device's public key as it is stored: the base64url of x and y. A scan reads all devices of a holder and checks no signature of theirs,
/// so the key is imported only where it is needed.
/// </summary>
public readonly record struct DevicePoint
{
    private DevicePoint(string text) => Text = text;

    /// <summary>86 characters.</summary>
    public string Text { get; }

    public static DevicePoint Of(VerificationKey key) => new(Base64Url.EncodeToString([.. key.X, .. key.Y]));

    /// <exception cref="FormatException">The text has no two coordinates of 32 bytes.</exception>
    public static DevicePoint Parse(string text) =>
        Base64Url.IsValid(text, out var size) && size == 2 * VerificationKey.CoordinateSize
            ? new(text)
            : throw new FormatException("A device's key has two coordinates of 32 bytes.");

    /// <summary>The key, to verify with.</summary>
    public VerificationKey Import()
    {
        var bytes = Base64Url.DecodeFromChars(Text);
        return new(bytes.AsSpan(0, VerificationKey.CoordinateSize), bytes.AsSpan(VerificationKey.CoordinateSize));
    }

    /// <summary>The SHA-256 of <see cref="Text"/>.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Names nobody.</summary>
    public override string ToString() => "key of a device";
}

/// <summary>Whose device makes codes for a vehicle that is shared.</summary>
/// <param name="Share">The share; without it the device's codes are refused.</param>
/// <param name="Member">The holder who has linked it.</param>
/// <param name="Number">Its number with that holder.</param>
public sealed record GuestDevice(ShareId Share, HolderId Member, DeviceNumber Number)
{
    /// <summary>Names nobody.</summary>
    public override string ToString() => "device of a guest";
}

/// <summary>That a device's codes are not accepted any more.</summary>
/// <param name="At">Since when.</param>
/// <param name="Reason">Why.</param>
public sealed record DeviceEnd(Instant At, DeviceEndReason Reason);

/// <summary>Why a device's codes are not accepted any more. The numbers are stored.</summary>
public enum DeviceEndReason
{
    /// <summary>Somebody has removed it, because it is lost or for another reason. Gates that are offline refuse its codes, too.</summary>
    Removed = 1,

    /// <summary>It was the longest unused when another was linked. It opens exits, and the holder can still remove it.</summary>
    Retired = 2,

    /// <summary>The share of the vehicle has ended. Exits that are online still open. Gates that are offline refuse its codes.</summary>
    ShareEnded = 3,
}
