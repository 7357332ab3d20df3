using System.Text.Json;
using NodaTime;
using Parking.Codes;

namespace Parking.Admission;

/// <summary>The keys in use. Whoever needs them takes <see cref="Current"/> once and works with that.</summary>
public sealed class CodeKeys
{
    private volatile KeySnapshot? _current;

    /// <summary>The keys as they are now.</summary>
    /// <exception cref="InvalidOperationException">The service has not started yet.</exception>
    public KeySnapshot Current => _current ?? throw new InvalidOperationException("The key ring has not been loaded yet.");

    public bool AreLoaded => _current is not null;

    public void Use(KeySnapshot snapshot) => _current = snapshot;
}

/// <summary>Everything that follows from a key ring at one time, made together so that it fits together. Immutable.</summary>
public sealed class KeySnapshot
{
    public KeySnapshot(KeyRing ring, Instant now)
    {
        Ring = ring;
        var published = ring.PublishedAt(now);
        Minter = new(ring);
        Verifier = new(published, ring.Policy.CodeLifetime);
        LateVerifier = new(ring.KeptAt(now), ring.Policy.CodeLifetime);
        SealingKeys = ring.SealingKeysAt(now);
        RevokedKeys = [.. ring.RevokedAt(now).Select(key => key.ToString())];
        Published = published;
        JwkSet = JsonElement.Parse(published.ToJwks());
    }

    public KeyRing Ring { get; }

    public CodeMinter Minter { get; }

    public CodeVerifier Verifier { get; }

    /// <summary>
    /// Knows revoked keys too. For scans that a gate decided alone, before it could know: whether such a code was genuine, and with <see cref="SealingKeys"/> whose it
    /// was. Nothing is opened on its word.
    /// </summary>
    public CodeVerifier LateVerifier { get; }

    /// <summary>Those of all kept keys, revoked ones among them.</summary>
    public SealingKeys SealingKeys { get; }

    /// <summary>Ids of the keys that must not be believed, in ascending order.</summary>
    public IReadOnlyList<string> RevokedKeys { get; }

    /// <summary>Whether a code of this key is to be refused although it may be genuine.</summary>
    public bool IsRevoked(KeyId key) => RevokedKeys.Contains(key.ToString());

    /// <summary>The keys that everybody may have.</summary>
    public PublicKeySet Published { get; }

    /// <summary>The same keys as a JSON Web Key Set (RFC 7517).</summary>
    public JsonElement JwkSet { get; }
}
