using NodaTime;

namespace Parking.Codes;

/// <summary>
/// The service's keys: those of codes and, if it has any, those of device certificates. Each is announced, signs, is retired and is
/// dropped. Immutable: a change creates another ring, which is stored before it is used.
/// </summary>
/// <remarks>
/// A key signs until its successor of the same use does, so there is exactly one signer of codes at any instant. A successor is announced
/// at least <see cref="KeyRingPolicy.AnnounceLead"/> before it signs; a late rotation does not shorten this time. The first keys of a new
/// ring sign at once, because no gate has a key set yet. <see cref="Revoke"/> is the exception: an untrusted key stops signing at once.
/// The two uses share nothing but the ring: revoking a code key leaves certificates valid, and the reverse.
/// </remarks>
public sealed class KeyRing
{
    private readonly KeyLine _codes;
    private readonly KeyLine? _certificates;

    private KeyRing(KeyRingPolicy policy, KeyLine codes, KeyLine? certificates)
    {
        Policy = policy;
        _codes = codes;
        _certificates = certificates;
        var ids = new HashSet<KeyId>();
        foreach (var life in Lives.Concat(CertificateLives))
        {
            if (!ids.Add(life.Key.Id))
            {
                throw new ArgumentException(
                    $"A key with the id {life.Key.Id} is in the ring; codes could not tell the two apart. Make another key.");
            }
        }
    }

    /// <summary>The durations of a key's life cycle.</summary>
    public KeyRingPolicy Policy { get; }

    /// <summary>All code keys that are not removed, in the order in which they sign; never empty.</summary>
    public IReadOnlyList<KeyLife> Lives => _codes.Lives;

    /// <summary>All certificate keys that are not removed, in the order in which they sign; can be empty.</summary>
    public IReadOnlyList<KeyLife> CertificateLives => _certificates?.Lives ?? [];

    /// <summary>When <see cref="Advance"/> next has something to do. A later call does no harm.</summary>
    public Instant NextChangeAt => _certificates is not null ? Instant.Min(_codes.NextChangeAt, _certificates.NextChangeAt)
        : Policy.HasCertificateKeys ? Instant.MinValue
        : _codes.NextChangeAt;

    /// <summary>Creates a ring whose first keys sign at once.</summary>
    /// <param name="first">The first code key.</param>
    /// <param name="now">The time.</param>
    /// <param name="policy">The durations of a key's life cycle; <see cref="KeyRingPolicy.Default"/> if omitted.</param>
    /// <param name="certificateKey">The first certificate key; can be omitted.</param>
    /// <returns>The ring.</returns>
    /// <exception cref="ArgumentException">The two keys have the same id.</exception>
    public static KeyRing Found(SigningKey first, Instant now, KeyRingPolicy? policy = null, SigningKey? certificateKey = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        return Restore(
            policy ?? KeyRingPolicy.Default, [new(first, now, now)], certificateKey is null ? null : [new(certificateKey, now, now)]);
    }

    /// <summary>Adds a code key. It is published from now on and signs later.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time.</param>
    /// <param name="signsFrom">
    /// When it starts to sign: at least <see cref="KeyRingPolicy.AnnounceLead"/> from now, and after all other code keys.
    /// </param>
    /// <returns>The changed ring.</returns>
    /// <exception cref="ArgumentException">Another key has this key's id: create another key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="signsFrom"/> is too soon, or not after that of the last key.
    /// </exception>
    public KeyRing Announce(SigningKey key, Instant now, Instant signsFrom)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyRing(Policy, _codes.Announce(key, now, signsFrom), _certificates);
    }

    /// <summary>
    /// Revokes a key permanently, because its secret may have been stolen. It no longer signs and is no longer published;
    /// <see cref="RevokedAt"/> lists it instead. The ring keeps it while events from before the revocation can arrive, to unseal their ids.
    /// </summary>
    /// <remarks>
    /// If the key signs, another key of its use must sign at once: the announced successor, which most gates know already, or else a new
    /// key, whose codes and certificates are unknown to gates that are offline at this moment.
    /// </remarks>
    /// <param name="id">The key's id.</param>
    /// <param name="now">The time.</param>
    /// <param name="createKey">Creates a key; called only if one is needed.</param>
    /// <returns>The changed ring, or this object if the key is revoked already.</returns>
    /// <exception cref="KeyNotFoundException">The ring has no such key.</exception>
    /// <exception cref="ArgumentException">
    /// The new key has an id that is in the ring (probability 2^−32 for each key). Call again.
    /// </exception>
    public KeyRing Revoke(KeyId id, Instant now, Func<SigningKey> createKey)
    {
        ArgumentNullException.ThrowIfNull(createKey);
        return _codes.Has(id) ? With(_codes.Revoke(id, now, createKey), _certificates)
            : _certificates?.Has(id) is true ? With(_codes, _certificates.Revoke(id, now, createKey))
            : throw new KeyNotFoundException($"There is no key {id} in the ring.");
    }

    /// <summary>
    /// Removes keys that are no longer needed, and announces a successor in time before the last key's rotation period ends. It adds at
    /// most one key of each use. Late calls do no harm: the last key signs until a successor has been announced for long enough. A ring
    /// without certificate keys gets one if the policy has them; it is announced like a successor, and nothing signs certificates until
    /// then.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="createKey">Creates a key; called once for each that is due.</param>
    /// <returns>The changed ring, or this object if nothing is due.</returns>
    /// <exception cref="ArgumentException">
    /// The new key has an id that is in the ring (probability 2^−32 for each key). Call again.
    /// </exception>
    public KeyRing Advance(Instant now, Func<SigningKey> createKey)
    {
        ArgumentNullException.ThrowIfNull(createKey);
        var certificates = _certificates is not null ? _certificates.Advance(now, createKey)
            : Policy.HasCertificateKeys ? CertificateLine(Policy, [new(createKey(), now, now + Policy.AnnounceLead)])
            : null;
        return With(_codes.Advance(now, createKey), certificates);
    }

    /// <summary>The key that signs new codes. There is exactly one at any instant.</summary>
    /// <param name="now">The time. If the clock was set back to before the ring's first key signs, the result is that key.</param>
    /// <returns>The key.</returns>
    public SigningKey SignerAt(Instant now) => _codes.SignerAt(now).Key;

    /// <summary>The key that signs new certificates of devices.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The key; null if the ring has none, or its first one is announced and does not sign yet.</returns>
    public SigningKey? CertificateSignerAt(Instant now) =>
        _certificates?.SignerAt(now) is { } life && now >= life.SignsFrom ? life.Key : null;

    /// <summary>The key that signs, or will sign first, what this key is for.</summary>
    /// <param name="id">A key of the ring.</param>
    /// <param name="now">The time.</param>
    /// <returns>A key of the same use.</returns>
    public SigningKey SignerLike(KeyId id, Instant now) => (_certificates?.Has(id) is true ? _certificates : _codes).SignerAt(now).Key;

    /// <summary>The keys that verify codes: all announced, signing and retired code keys, without dropped and revoked ones.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The set to publish.</returns>
    public PublicKeySet PublishedAt(Instant now) => SetOf(_codes, KeyUse.Codes, now, withRevoked: false);

    /// <summary>The keys that verify certificates of devices, as <see cref="PublishedAt"/>.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The set to publish; can be empty.</returns>
    public PublicKeySet PublishedCertificateKeysAt(Instant now) => SetOf(_certificates, KeyUse.Certificates, now, withRevoked: false);

    /// <summary>
    /// The keys that verify codes of late events, which may have been shown before a key was revoked: those of <see cref="PublishedAt"/>
    /// and the revoked ones. Only for the service, and not to open a barrier.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <returns>The set.</returns>
    public PublicKeySet KeptAt(Instant now) => SetOf(_codes, KeyUse.Codes, now, withRevoked: true);

    /// <summary>The keys that verify certificates in late events, as <see cref="KeptAt"/>.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The set; can be empty.</returns>
    public PublicKeySet KeptCertificateKeysAt(Instant now) => SetOf(_certificates, KeyUse.Certificates, now, withRevoked: true);

    /// <summary>The seals of the keys of <see cref="KeptAt"/> and <see cref="KeptCertificateKeysAt"/>. Only for the service.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The seals.</returns>
    public SealingKeys SealingKeysAt(Instant now) =>
        new(_codes.NeededAt(now, withRevoked: true), _certificates?.NeededAt(now, withRevoked: true) ?? []);

    /// <summary>
    /// The ids of revoked keys, of either use, that gates may still have or meet in codes, in ascending order.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<KeyId> RevokedAt(Instant now) =>
    [
        .. Lives.Concat(CertificateLives)
            .Where(life => life.RevokedAt is not null && life.PhaseAt(now) != KeyPhase.Dropped)
            .Select(life => life.Key.Id)
            .OrderBy(id => id.Value),
    ];

    /// <summary>Restores a stored ring. The caller has checked the orders, and that in each use a key is not revoked.</summary>
    /// <exception cref="ArgumentException">Two keys have the same id.</exception>
    internal static KeyRing Restore(KeyRingPolicy policy, IEnumerable<KeyRingEntry> codes, IEnumerable<KeyRingEntry>? certificates) =>
        new(
            policy,
            new KeyLine(policy, policy.KeepAfterSigning, codes),
            certificates is null ? null : CertificateLine(policy, certificates));

    private static KeyLine CertificateLine(KeyRingPolicy policy, IEnumerable<KeyRingEntry> keys) =>
        new(policy, policy.KeepCertificateKeyAfterSigning, keys);

    private static PublicKeySet SetOf(KeyLine? line, KeyUse use, Instant now, bool withRevoked) =>
        new(line?.NeededAt(now, withRevoked).Select(key => key.PublicKey) ?? [], use);

    private KeyRing With(KeyLine codes, KeyLine? certificates) =>
        codes == _codes && certificates == _certificates ? this : new KeyRing(Policy, codes, certificates);
}
