using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Parking.Contracts;

/// <summary>A device that is to be linked: whoever is signed in lets it make codes without a network.</summary>
public sealed record LinkDeviceRequest
{
    /// <summary>What the citizen calls it: one line of 1 to 40 characters, without anything that cannot be seen.</summary>
    [StringLength(40, MinimumLength = 1, ErrorMessage = "name is one line of 1 to 40 characters.")]
    public required string Name { get; init; }

    /// <summary>
    /// The public half of the device's own key. It signs requests for certificates, and no codes. Linking a key again notes the sign-in.
    /// </summary>
    public required DeviceKey Key { get; init; }
}

/// <summary>A device's new name.</summary>
public sealed record RenameDeviceRequest
{
    /// <inheritdoc cref="LinkDeviceRequest.Name"/>
    [StringLength(40, MinimumLength = 1, ErrorMessage = "name is one line of 1 to 40 characters.")]
    public required string Name { get; init; }
}

/// <summary>A public key: a point on P-256, as in a JSON Web Key (RFC 7518, section 6.2.1).</summary>
public sealed record DeviceKey
{
    /// <summary>The x-coordinate: 32 bytes, big-endian, as 43 characters of base64url without padding.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{43}$", ErrorMessage = "x is 32 bytes as 43 characters of base64url, without padding.")]
    public required string X { get; init; }

    /// <summary>The y-coordinate, as <see cref="X"/>.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{43}$", ErrorMessage = "y is 32 bytes as 43 characters of base64url, without padding.")]
    public required string Y { get; init; }
}

/// <summary>A device that the citizen has linked.</summary>
public sealed record LinkedDevice
{
    /// <summary>Names the device: 32 lowercase hexadecimal digits. It opens nothing.</summary>
    public required string Id { get; init; }

    /// <summary>What the citizen calls it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was linked first.</summary>
    public required Instant LinkedAt { get; init; }

    /// <summary>When it was last linked, or last got certificates.</summary>
    public required Instant UsedAt { get; init; }

    /// <summary>From then on it gets no certificates until somebody links it again: 90 days after it was last linked.</summary>
    public required Instant RenewableUntil { get; init; }

    /// <summary>
    /// When it was retired, because a sixth was linked; left out while it is linked. If it is lost, remove it: until then gates that are
    /// cut off open for it, until what it was given has expired.
    /// </summary>
    public Instant? RetiredAt { get; init; }
}

/// <summary>The devices that the citizen has linked.</summary>
public sealed record LinkedDeviceListAnswer
{
    /// <summary>At most 5 that are linked, and those that were retired within a week, in no order that means anything.</summary>
    public required IReadOnlyList<LinkedDevice> Devices { get; init; }
}

/// <summary>Asks for a challenge.</summary>
public sealed record ChallengeRequest
{
    /// <summary>The device, as in <see cref="LinkedDevice.Id"/>.</summary>
    [RegularExpression("^[0-9a-f]{32}$", ErrorMessage = "device is 32 lowercase hexadecimal digits.")]
    public required string Device { get; init; }
}

/// <summary>What a device must sign to prove that it asks now.</summary>
public sealed record ChallengeAnswer
{
    /// <summary>The challenge, in base64url without padding.</summary>
    public required string Challenge { get; init; }

    /// <summary>Until when it can be answered: for 5 minutes.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>The service's clock.</summary>
    public required Instant Time { get; init; }
}

/// <summary>Asks for certificates, without a sign-in.</summary>
public sealed record CertificateRequest
{
    /// <inheritdoc cref="ChallengeRequest.Device"/>
    [RegularExpression("^[0-9a-f]{32}$", ErrorMessage = "device is 32 lowercase hexadecimal digits.")]
    public required string Device { get; init; }

    /// <summary>
    /// A COSE_Sign1 by the device's own key, in base64url without padding. Its payload is a <see cref="WantedCertificates"/> as JSON;
    /// docs/device-codes.md has the layout.
    /// </summary>
    [StringLength(24_000, MinimumLength = 1, ErrorMessage = "proof has 1 to 24000 characters.")]
    public required string Proof { get; init; }
}

/// <summary>What a device signs to get certificates.</summary>
public sealed record WantedCertificates
{
    /// <summary>As in <see cref="ChallengeAnswer.Challenge"/>.</summary>
    public required string Challenge { get; init; }

    /// <summary>1 to 64, each with a key of its own.</summary>
    public required IReadOnlyList<WantedCertificate> Certificates { get; init; }
}

/// <summary>One certificate that a device asks for.</summary>
public sealed record WantedCertificate
{
    /// <summary>The vehicle that the codes are to name; left out: none.</summary>
    public string? Plate { get; init; }

    /// <summary>The public half of the key that will sign the codes. For each certificate another one.</summary>
    public required DeviceKey Key { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "certificate that is asked for";
}

/// <summary>Certificates for a device.</summary>
public sealed record CertificateAnswer
{
    /// <summary>In the order in which they were asked for: each 189 bytes, in base64url without padding.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    /// <summary>When they expire.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>The service's clock.</summary>
    public required Instant Time { get; init; }
}
