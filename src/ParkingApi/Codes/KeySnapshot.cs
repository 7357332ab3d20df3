using NodaTime;
using Parking.Api.Hosting;
using Parking.Codes;

namespace Parking.Api.Codes;

/// <summary>Everything that follows from a key ring at one time, made together so that it fits together. Immutable.</summary>
internal sealed class KeySnapshot
{
    public KeySnapshot(KeyRing ring, Instant now)
    {
        Ring = ring;
        var published = ring.PublishedAt(now);
        Minter = new(ring);
        Verifier = new(published, ring.Policy.CodeLifetime);
        SealingKeys = ring.SealingKeysAt(now);
        Jwks = new(published.ToJwks());
        CoseKeySet = new(published.ToCoseKeySet());
    }

    public KeyRing Ring { get; }

    public CodeMinter Minter { get; }

    public CodeVerifier Verifier { get; }

    public SealingKeys SealingKeys { get; }

    public PublishedContent Jwks { get; }

    public PublishedContent CoseKeySet { get; }
}
