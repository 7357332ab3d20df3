using System.Buffers.Text;
using NodaTime;
using Parking.Codes;

namespace Parking.Simulation.Phones;

/// <summary>Links a device.</summary>
internal sealed record DeviceToLink(string Name, PublicPoint Key);

/// <summary>A device as the service knows it.</summary>
internal sealed record LinkedDevice(string Id);

/// <summary>All devices that a citizen has linked.</summary>
internal sealed record LinkedDevices(IReadOnlyList<LinkedDevice> Devices);

/// <summary>Asks for a challenge.</summary>
internal sealed record ChallengeWish(string Device);

/// <summary>What the device must sign now.</summary>
internal sealed record DeviceChallenge(string Challenge, Instant Time);

/// <summary>Asks for certificates.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="Proof">The wishes, signed by the device's own key, in base64url.</param>
internal sealed record ProvenWish(string Device, string Proof);

/// <summary>What a device signs to get certificates.</summary>
internal sealed record CertificateWishes(string Challenge, IReadOnlyList<CertificateWish> Certificates);

/// <summary>One certificate that a device asks for.</summary>
/// <param name="Plate">The vehicle; null for none.</param>
/// <param name="Key">The public key that its codes will be signed with.</param>
internal sealed record CertificateWish(string? Plate, PublicPoint Key);

/// <summary>The certificates, in base64url, in the order of the wishes.</summary>
internal sealed record IssuedCertificates(IReadOnlyList<string> Certificates);

/// <summary>A public key of P-256 as in a JSON Web Key.</summary>
internal sealed record PublicPoint(string X, string Y)
{
    public static PublicPoint Of(ICodeSigner key) =>
        new(Base64Url.EncodeToString(key.PublicKey.X), Base64Url.EncodeToString(key.PublicKey.Y));
}
