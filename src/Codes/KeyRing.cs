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
/// new ring signs at once, because no gate has a key set yet.
/// </remarks>
public sealed class KeyRing
{
    // Ascending by SignsFrom; never empty.
    private readonly ImmutableArray<KeyLife> _lives;

    private KeyRing(KeyRingPolicy policy, IEnumerable<(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom)> keys)
    {
        Policy = policy;
        var entries = keys.ToArray();
        _lives =
        [
            .. entries.Select((entry, index) =>
            {
                Instant? signsUntil = index + 1 < entries.Length ? entries[index + 1].SignsFrom : null;
                return new KeyLife(entry.Key, entry.AnnouncedAt, entry.SignsFrom, signsUntil, signsUntil + policy.KeepAfterSigning);
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
            return _lives[0].DropsAt is { } drop && drop < announce ? drop : announce;
        }
    }

    private Instant SuccessorDueAt => _lives[^1].SignsFrom + Policy.RotationPeriod - Policy.AnnounceLead;

    /// <summary>A new ring, whose first key signs at once.</summary>
    /// <param name="first">The first key.</param>
    /// <param name="now">The time.</param>
    /// <param name="policy">The times to keep to; <see cref="KeyRingPolicy.Default"/> where omitted.</param>
    /// <returns>The ring.</returns>
    public static KeyRing Found(SigningKey first, Instant now, KeyRingPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new KeyRing(policy ?? KeyRingPolicy.Default, [(first, now, now)]);
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

        if (signsFrom <= _lives[^1].SignsFrom)
        {
            throw new ArgumentOutOfRangeException(
                nameof(signsFrom), signsFrom, $"Key {_lives[^1].Key.Id} signs from {_lives[^1].SignsFrom}; the next one takes over later.");
        }

        return new KeyRing(Policy, [.. Entries(_lives), (key, now, signsFrom)]);
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

        var planned = _lives[^1].SignsFrom + Policy.RotationPeriod;
        return ring.Announce(createKey(), now, Instant.Max(planned, now + Policy.AnnounceLead));
    }

    /// <summary>The key that signs new codes. There is exactly one at any instant.</summary>
    /// <param name="now">The time. Before the ring's first key signs, as after a clock was set back, it is that key.</param>
    /// <returns>The key.</returns>
    public SigningKey SignerAt(Instant now)
    {
        var index = _lives.Length - 1;
        while (index > 0 && now < _lives[index].SignsFrom)
        {
            index--;
        }

        return _lives[index].Key;
    }

    /// <summary>The keys to check codes with: all that are announced, sign, or are retired and not yet due to be dropped.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The set to publish.</returns>
    public PublicKeySet PublishedAt(Instant now) => new(NeededAt(now).Select(key => key.PublicKey));

    /// <summary>The seals that belong to <see cref="PublishedAt"/>, for the service alone.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The seals.</returns>
    public SealingKeys SealingKeysAt(Instant now) => new(NeededAt(now));

    /// <summary>A ring as it was stored; the caller has checked the order and the ids.</summary>
    internal static KeyRing Restore(
        KeyRingPolicy policy, IEnumerable<(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom)> keys) => new(policy, keys);

    private static IEnumerable<(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom)> Entries(IEnumerable<KeyLife> lives) =>
        lives.Select(life => (life.Key, life.AnnouncedAt, life.SignsFrom));

    private IEnumerable<SigningKey> NeededAt(Instant now) =>
        _lives.Where(life => life.PhaseAt(now) != KeyPhase.Dropped).Select(life => life.Key);
}
