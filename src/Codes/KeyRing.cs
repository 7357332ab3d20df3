using System.Collections.Immutable;
using NodaTime;

namespace Parking.Codes;

/// <summary>
/// The service's keys, each going through announce → sign → retire → drop. Immutable: a change gives another ring, which is stored first
/// and used then.
/// </summary>
/// <remarks>
/// A key signs until its successor does, so there is exactly one signer at any instant by construction. A successor is announced at least
/// <see cref="KeyRingPolicy.AnnounceLead"/> before it signs; no time is ever cut short because a rotation comes late. The first key of a
/// new ring signs at once, because no gate has a key set yet. The one exception is <see cref="Revoke"/>: a key that must not be believed
/// cannot wait for its successor.
/// </remarks>
public sealed class KeyRing
{
    // Ascending by SignsFrom; never without a key that is not revoked.
    private readonly ImmutableArray<KeyLife> _lives;

    private KeyRing(KeyRingPolicy policy, IEnumerable<KeyRingEntry> keys)
    {
        Policy = policy;
        var entries = keys.OrderBy(entry => entry.SignsFrom).ToArray();
        _lives =
        [
            .. entries.Select((entry, index) =>
            {
                Instant? succeededAt = entries.Skip(index + 1).FirstOrDefault(later => later.EverSigns) is { } successor ? successor.SignsFrom : null;
                var signsUntil = entry.RevokedAt is { } revokedAt && !(succeededAt < revokedAt) ? revokedAt : succeededAt;
                return new KeyLife(
                    entry.Key, entry.AnnouncedAt, entry.SignsFrom, signsUntil, (entry.RevokedAt ?? signsUntil) + policy.KeepAfterSigning, entry.RevokedAt);
            }),
        ];
    }

    /// <summary>The times the ring keeps to.</summary>
    public KeyRingPolicy Policy { get; }

    /// <summary>All keys that have not been removed, in the order they sign in; never empty.</summary>
    public IReadOnlyList<KeyLife> Lives => _lives;

    /// <summary>When <see cref="Advance"/> next has something to do; not before, and it may come later without harm.</summary>
    public Instant NextChangeAt
    {
        get
        {
            var announce = SuccessorDueAt;
            return _lives.Min(life => life.DropsAt) is { } drop && drop < announce ? drop : announce;
        }
    }

    /// <summary>The key that signs last of all.</summary>
    private KeyLife Last => _lives.Last(life => life.RevokedAt is null);

    private Instant SuccessorDueAt => Last.SignsFrom + Policy.RotationPeriod - Policy.AnnounceLead;

    /// <summary>A new ring, whose first key signs at once.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="now">The time.</param>
    /// <param name="policy">The times to keep to; <see cref="KeyRingPolicy.Default"/> where omitted.</param>
    /// <returns>The ring.</returns>
    public static KeyRing Found(SigningKey first, Instant now, KeyRingPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new KeyRing(policy ?? KeyRingPolicy.Default, [new(first, now, now)]);
    }

    /// <summary>Adds a key, which is published from now on and takes over the signing later.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time.</param>
    /// <param name="signsFrom">
    /// When it takes over: not sooner than <see cref="KeyRingPolicy.AnnounceLead"/> from now, and after all others.
    /// </param>
    /// <returns>The changed ring.</returns>
    /// <exception cref="ArgumentException">Another key has this key's id: make another key.</exception>
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
    /// Takes a key out of use for good, because its secret may be in other hands: it signs no more, is published no more, and is listed by
    /// <see cref="RevokedAt"/> instead. It is kept for as long as events of before can still arrive, to open what it sealed.
    /// </summary>
    /// <remarks>
    /// If the key signs, another must at once: the successor that has been announced, which most gates know already, or else a fresh key,
    /// whose codes gates do not know that are offline at this moment. That is the price of not going on with a stolen one.
    /// </remarks>
    /// <param name="id">The key's id.</param>
    /// <param name="now">The time.</param>
    /// <param name="createKey">Makes a new key; called only if one is needed.</param>
    /// <returns>The changed ring, or this same object where the key is revoked already.</returns>
    /// <exception cref="KeyNotFoundException">No such key is in the ring.</exception>
    /// <exception cref="ArgumentException">The new key has an id that is in the ring (one chance in 2^32 for each). Call again.</exception>
    public KeyRing Revoke(KeyId id, Instant now, Func<SigningKey> createKey)
    {
        ArgumentNullException.ThrowIfNull(createKey);
        var revoked = _lives.FirstOrDefault(life => life.Key.Id == id) ?? throw new KeyNotFoundException($"There is no key {id} in the ring.");
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
    /// Does what is due: removes keys that are no longer needed, and announces a successor when the last key's time to sign would otherwise
    /// end without one. At most one key is added. Late calls are harmless: the last key signs on until a successor has been announced for
    /// long enough.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="createKey">Makes a new key; called only when one is due.</param>
    /// <returns>The changed ring, or this same object where nothing is due.</returns>
    /// <exception cref="ArgumentException">The new key has an id that is in the ring (one chance in 2^32 for each). Call again.</exception>
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
    /// <param name="now">The time. Before the ring's first key signs, as after a clock was set back, it is that key.</param>
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

    /// <summary>The keys to check codes with: all that are announced, sign, or are retired and not yet due to be dropped; no revoked one.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The set to publish.</returns>
    public PublicKeySet PublishedAt(Instant now) => new(NeededAt(now).Where(life => life.RevokedAt is null).Select(life => life.Key.PublicKey));

    /// <summary>
    /// The keys to check late events' codes with, which may have been shown before a key was revoked: those of <see cref="PublishedAt"/> and
    /// the revoked ones. For the service alone, and not to open a barrier by.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <returns>The set.</returns>
    public PublicKeySet KeptAt(Instant now) => new(NeededAt(now).Select(life => life.Key.PublicKey));

    /// <summary>The seals that belong to <see cref="KeptAt"/>, for the service alone.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The seals.</returns>
    public SealingKeys SealingKeysAt(Instant now) => new(NeededAt(now).Select(life => life.Key));

    /// <summary>The ids of revoked keys that gates may still have or meet, in ascending order.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<KeyId> RevokedAt(Instant now) =>
        [.. NeededAt(now).Where(life => life.RevokedAt is not null).Select(life => life.Key.Id).OrderBy(id => id.Value)];

    /// <summary>A ring as it was stored; the caller has checked the order and the ids, and that a key is left.</summary>
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
