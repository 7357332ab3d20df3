using System.Text.Json;
using NodaTime;
using Parking.Codes;

namespace Parking.Admission;

/// <summary>The keys in use. Take <see cref="Current"/> once for each piece of work, and use only that snapshot in it.</summary>
public sealed class CodeKeys
{
    private volatile KeySnapshot? _current;

    /// <summary>The keys as they are now.</summary>
    /// <exception cref="InvalidOperationException">The service has not started yet.</exception>
    public KeySnapshot Current => _current ?? throw new InvalidOperationException("The key ring has not been loaded yet.");

    public bool AreLoaded => _current is not null;

    public void Use(KeySnapshot snapshot) => _current = snapshot;
}

/// <summary>Everything derived from a key ring at one time, made together so that all parts agree. Immutable.</summary>
public sealed class KeySnapshot
{
    public KeySnapshot(KeyRing ring, Instant now)
    {
        Ring = ring;
        var published = ring.PublishedAt(now);
        Minter = new(ring);
        PublishedCertificateKeys = ring.PublishedCertificateKeysAt(now);
        Verifier = new(published, ring.Policy.CodeLifetime, PublishedCertificateKeys);
        LateVerifier = new(ring.KeptAt(now), ring.Policy.CodeLifetime, ring.KeptCertificateKeysAt(now));
        SealingKeys = ring.SealingKeysAt(now);
        RevokedKeys = [.. ring.RevokedAt(now).Select(key => key.ToString())];
        Published = published;
        JwkSet = JsonElement.Parse(published.ToJwks());
        CertificateJwkSet = JsonElement.Parse(PublishedCertificateKeys.ToJwks());
    }

    public KeyRing Ring { get; }

    public CodeMinter Minter { get; }

    public CodeVerifier Verifier { get; }

    /// <summary>
    /// Also knows revoked keys. For scans that a gate decided alone, before it could know of a revocation: tells whether such a code was
    /// genuine and, with <see cref="SealingKeys"/>, whose it was. No barrier opens because of it.
    /// </summary>
    public CodeVerifier LateVerifier { get; }

    /// <summary>The sealing keys of all kept keys, including revoked ones.</summary>
    public SealingKeys SealingKeys { get; }

    /// <summary>The ids of the keys that must not be trusted, in ascending order.</summary>
    public IReadOnlyList<string> RevokedKeys { get; }

    /// <summary>Whether a code signed with this key must be refused although it may be genuine.</summary>
    public bool IsRevoked(KeyId key) => RevokedKeys.Contains(key.ToString());

    /// <summary>The public keys of codes, which anybody may have.</summary>
    public PublicKeySet Published { get; }

    /// <summary>The public keys of devices' certificates, which anybody may have.</summary>
    public PublicKeySet PublishedCertificateKeys { get; }

    /// <summary>The public keys of codes as a JSON Web Key Set (RFC 7517).</summary>
    public JsonElement JwkSet { get; }

    /// <summary>The public keys of devices' certificates as a JSON Web Key Set.</summary>
    public JsonElement CertificateJwkSet { get; }
}
