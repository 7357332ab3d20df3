using System.Collections.Immutable;
using NodaTime;

namespace Parking.Codes;

/// <summary>
/// The service's keys. Each is announced, signs, is retired and is dropped. Immutable: a change creates another ring, which is stored
/// before it is used.
/// </summary>
/// <remarks>
/// A key signs until its successor does, so there is exactly one signer at any instant. A successor is announced at least
/// <see cref="KeyRingPolicy.AnnounceLead"/> before it signs; a late rotation does not shorten this time. The first key of a new ring signs
/// at once, because no gate has a key set yet. <see cref="Revoke"/> is the exception: an untrusted key stops signing at once.
/// </remarks>
public sealed class KeyRing
{
    // Ascending by SignsFrom. At least one key is not revoked.
    private readonly ImmutableArray<KeyLife> _lives;

    private KeyRing(KeyRingPolicy policy, IEnumerable<KeyRingEntry> keys)
    {
        Policy = policy;
        var entries = keys.OrderBy(entry => entry.SignsFrom).ToArray();
        _lives =
        [
            .. entries.Select((entry, index) =>
            {
                var succeededAt = entries.Skip(index + 1).FirstOrDefault(later => later.EverSigns)?.SignsFrom;
                var signsUntil = entry.RevokedAt is { } revokedAt && !(succeededAt < revokedAt) ? revokedAt : succeededAt;
                var dropsAt = (entry.RevokedAt ?? signsUntil) + policy.KeepAfterSigning;
                return new KeyLife(entry.Key, entry.AnnouncedAt, entry.SignsFrom, signsUntil, dropsAt, entry.RevokedAt);
            }),
        ];
    }

    /// <summary>The durations of a key's life cycle.</summary>
    public KeyRingPolicy Policy { get; }

    /// <summary>All keys that are not removed, in the order in which they sign; never empty.</summary>
    public IReadOnlyList<KeyLife> Lives => _lives;

    /// <summary>When <see cref="Advance"/> next has something to do. A later call does no harm.</summary>
    public Instant NextChangeAt
    {
        get
        {
            var announce = SuccessorDueAt;
            return _lives.Min(life => life.DropsAt) is { } drop && drop < announce ? drop : announce;
        }
    }

    /// <summary>The key that signs last.</summary>
    private KeyLife Last => _lives.Last(life => life.RevokedAt is null);

    private Instant SuccessorDueAt => Last.SignsFrom + Policy.RotationPeriod - Policy.AnnounceLead;

    /// <summary>Creates a ring whose first key signs at once.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="now">The time.</param>
    /// <param name="policy">The durations of a key's life cycle; <see cref="KeyRingPolicy.Default"/> if omitted.</param>
    /// <returns>The ring.</returns>
    public static KeyRing Found(SigningKey first, Instant now, KeyRingPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new KeyRing(policy ?? KeyRingPolicy.Default, [new(first, now, now)]);
    }

    /// <summary>Adds a key. It is published from now on and signs later.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time.</param>
    /// <param name="signsFrom">
    /// When it starts to sign: at least <see cref="KeyRingPolicy.AnnounceLead"/> from now, and after all others.
    /// </param>
    /// <returns>The changed ring.</returns>
    /// <exception cref="ArgumentException">Another key has this key's id: create another key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="signsFrom"/> is too soon, or not after that of the last key.
    /// </exception>
    public KeyRing Announce(SigningKey key, Instant now, Instant signsFrom)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_lives.Any(life => life.Key.Id == key.Id))
        {
            throw new ArgumentException(
                $"A key with the id {key.Id} is in the ring; codes could not tell the two apart. Make another key.", nameof(key));
        }

        if (signsFrom < now + Policy.AnnounceLead)
        {
            throw new ArgumentOutOfRangeException(
                nameof(signsFrom),
                signsFrom,
                $"A key announced at {now} must not sign before {now + Policy.AnnounceLead}: offline gates would not know it.");
        }

        if (signsFrom <= Last.SignsFrom)
        {
            throw new ArgumentOutOfRangeException(
                nameof(signsFrom), signsFrom, $"Key {Last.Key.Id} signs from {Last.SignsFrom}; the next one takes over later.");
        }

        return new KeyRing(Policy, [.. Entries(_lives), new(key, now, signsFrom)]);
    }

    /// <summary>
    /// Revokes a key permanently, because its secret may have been stolen. It no longer signs and is no longer published;
    /// <see cref="RevokedAt"/> lists it instead. The ring keeps it while events from before the revocation can arrive, to unseal their ids.
    /// </summary>
    /// <remarks>
    /// If the key signs, another key must sign at once: the announced successor, which most gates know already, or else a new key, whose
    /// codes are unknown to gates that are offline at this moment.
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
        var revoked = _lives.FirstOrDefault(life => life.Key.Id == id)
            ?? throw new KeyNotFoundException($"There is no key {id} in the ring.");
        if (revoked.RevokedAt is not null)
        {
            return this;
        }

        var entries = Entries(_lives).Select(entry => entry.Key.Id == id ? entry with { RevokedAt = now } : entry).ToList();
        if (SignerAt(now).Id == id)
        {
            var from = Instant.Max(now, revoked.SignsFrom);
            var next = entries.FindIndex(entry => entry.RevokedAt is null && entry.SignsFrom >= from);
            if (next >= 0)
            {
                entries[next] = entries[next] with { SignsFrom = from };
            }
            else
            {
                entries.Add(new(NewKey(createKey), now, from));
            }
        }

        return new KeyRing(Policy, entries);
    }

    /// <summary>
    /// Removes keys that are no longer needed, and announces a successor in time before the last key's rotation period ends. It adds at
    /// most one key. Late calls do no harm: the last key signs until a successor has been announced for long enough.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="createKey">Creates a key; called only if one is due.</param>
    /// <returns>The changed ring, or this object if nothing is due.</returns>
    /// <exception cref="ArgumentException">
    /// The new key has an id that is in the ring (probability 2^−32 for each key). Call again.
    /// </exception>
    public KeyRing Advance(Instant now, Func<SigningKey> createKey)
    {
        ArgumentNullException.ThrowIfNull(createKey);
        var kept = _lives.Where(life => life.PhaseAt(now) != KeyPhase.Dropped).ToList();
        var ring = kept.Count == _lives.Length ? this : new KeyRing(Policy, Entries(kept));
        if (now < SuccessorDueAt)
        {
            return ring;
        }

        var planned = Last.SignsFrom + Policy.RotationPeriod;
        return ring.Announce(createKey(), now, Instant.Max(planned, now + Policy.AnnounceLead));
    }

    /// <summary>The key that signs new codes. There is exactly one at any instant.</summary>
    /// <param name="now">The time. If the clock was set back to before the ring's first key signs, the result is that key.</param>
    /// <returns>The key.</returns>
    public SigningKey SignerAt(Instant now)
    {
        KeyLife? first = null;
        for (var index = _lives.Length - 1; index >= 0; index--)
        {
            if (_lives[index].RevokedAt is null)
            {
                first = _lives[index];
                if (now >= first.SignsFrom)
                {
                    break;
                }
            }
        }

        return first!.Key;
    }

    /// <summary>The keys that verify codes: all announced, signing and retired keys, without dropped and revoked ones.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The set to publish.</returns>
    public PublicKeySet PublishedAt(Instant now) =>
        new(NeededAt(now).Where(life => life.RevokedAt is null).Select(life => life.Key.PublicKey));

    /// <summary>
    /// The keys that verify codes of late events, which may have been shown before a key was revoked: those of <see cref="PublishedAt"/>
    /// and the revoked ones. Only for the service, and not to open a barrier.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <returns>The set.</returns>
    public PublicKeySet KeptAt(Instant now) => new(NeededAt(now).Select(life => life.Key.PublicKey));

    /// <summary>The seals of the keys of <see cref="KeptAt"/>. Only for the service.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The seals.</returns>
    public SealingKeys SealingKeysAt(Instant now) => new(NeededAt(now).Select(life => life.Key));

    /// <summary>The ids of revoked keys that gates may still have or meet in codes, in ascending order.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<KeyId> RevokedAt(Instant now) =>
        [.. NeededAt(now).Where(life => life.RevokedAt is not null).Select(life => life.Key.Id).OrderBy(id => id.Value)];

    /// <summary>Restores a stored ring. The caller has checked the order, the ids, and that a key is not revoked.</summary>
    internal static KeyRing Restore(KeyRingPolicy policy, IEnumerable<KeyRingEntry> keys) => new(policy, keys);

    private static IEnumerable<KeyRingEntry> Entries(IEnumerable<KeyLife> lives) =>
        lives.Select(life => new KeyRingEntry(life.Key, life.AnnouncedAt, life.SignsFrom, life.RevokedAt));

    private IEnumerable<KeyLife> NeededAt(Instant now) => _lives.Where(life => life.PhaseAt(now) != KeyPhase.Dropped);

    private SigningKey NewKey(Func<SigningKey> createKey)
    {
        var key = createKey();
        return _lives.Any(life => life.Key.Id == key.Id)
            ? throw new ArgumentException($"A key with the id {key.Id} is in the ring. Make another key.", nameof(createKey))
            : key;
    }
}

/// <summary>The stored times of a key; all other times follow from the keys around it.</summary>
internal sealed record KeyRingEntry(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? RevokedAt = null)
{
    /// <summary>Whether it signs at any time: it was not revoked before it starts to sign.</summary>
    public bool EverSigns => RevokedAt is null || RevokedAt > SignsFrom;
}
