using System.Collections.Immutable;
using NodaTime;

namespace Parking.Codes;

/// <summary>The keys of one use, of which each signs until its successor does. Immutable. <see cref="KeyRing"/> tells the rules.</summary>
internal sealed class KeyLine
{
    // Ascending by SignsFrom. At least one key is not revoked.
    private readonly ImmutableArray<KeyLife> _lives;
    private readonly KeyRingPolicy _policy;
    private readonly Duration _keepAfterSigning;

    /// <param name="policy">The durations of a key's life cycle.</param>
    /// <param name="keepAfterSigning">The time from last signature to drop.</param>
    /// <param name="keys">Keys with distinct ids. At least one is not revoked.</param>
    public KeyLine(KeyRingPolicy policy, Duration keepAfterSigning, IEnumerable<KeyRingEntry> keys)
    {
        _policy = policy;
        _keepAfterSigning = keepAfterSigning;
        var entries = keys.OrderBy(entry => entry.SignsFrom).ToArray();
        _lives =
        [
            .. entries.Select((entry, index) =>
            {
                var succeededAt = entries.Skip(index + 1).FirstOrDefault(later => later.EverSigns)?.SignsFrom;
                var signsUntil = entry.RevokedAt is { } revokedAt && !(succeededAt < revokedAt) ? revokedAt : succeededAt;
                var dropsAt = (entry.RevokedAt ?? signsUntil) + keepAfterSigning;
                return new KeyLife(entry.Key, entry.AnnouncedAt, entry.SignsFrom, signsUntil, dropsAt, entry.RevokedAt);
            }),
        ];
    }

    /// <summary>All keys that are not removed, in the order in which they sign; never empty.</summary>
    public IReadOnlyList<KeyLife> Lives => _lives;

    /// <summary>When <see cref="Advance"/> next has something to do.</summary>
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

    private Instant SuccessorDueAt => Last.SignsFrom + _policy.RotationPeriod - _policy.AnnounceLead;

    /// <summary>Whether the line has a key.</summary>
    public bool Has(KeyId id) => _lives.Any(life => life.Key.Id == id);

    /// <summary>As <see cref="KeyRing.Announce"/>, without looking for the key's id.</summary>
    public KeyLine Announce(SigningKey key, Instant now, Instant signsFrom)
    {
        if (signsFrom < now + _policy.AnnounceLead)
        {
            throw new ArgumentOutOfRangeException(
                nameof(signsFrom),
                signsFrom,
                $"A key announced at {now} must not sign before {now + _policy.AnnounceLead}: offline gates would not know it.");
        }

        if (signsFrom <= Last.SignsFrom)
        {
            throw new ArgumentOutOfRangeException(
                nameof(signsFrom), signsFrom, $"Key {Last.Key.Id} signs from {Last.SignsFrom}; the next one takes over later.");
        }

        return With([.. Entries(_lives), new(key, now, signsFrom)]);
    }

    /// <summary>As <see cref="KeyRing.Revoke"/>, for a key that the line has.</summary>
    public KeyLine Revoke(KeyId id, Instant now, Func<SigningKey> createKey)
    {
        var revoked = _lives.First(life => life.Key.Id == id);
        if (revoked.RevokedAt is not null)
        {
            return this;
        }

        var entries = Entries(_lives).Select(entry => entry.Key.Id == id ? entry with { RevokedAt = now } : entry).ToList();
        if (SignerAt(now).Key.Id == id)
        {
            var from = Instant.Max(now, revoked.SignsFrom);
            var next = entries.FindIndex(entry => entry.RevokedAt is null && entry.SignsFrom >= from);
            if (next >= 0)
            {
                entries[next] = entries[next] with { SignsFrom = from };
            }
            else
            {
                entries.Add(new(createKey(), now, from));
            }
        }

        return With(entries);
    }

    /// <summary>As <see cref="KeyRing.Advance"/>.</summary>
    public KeyLine Advance(Instant now, Func<SigningKey> createKey)
    {
        var kept = _lives.Where(life => life.PhaseAt(now) != KeyPhase.Dropped).ToList();
        var line = kept.Count == _lives.Length ? this : With(Entries(kept));
        if (now < SuccessorDueAt)
        {
            return line;
        }

        var planned = Last.SignsFrom + _policy.RotationPeriod;
        return line.Announce(createKey(), now, Instant.Max(planned, now + _policy.AnnounceLead));
    }

    /// <summary>The life of the key that signs; before the first one signs, of that one.</summary>
    public KeyLife SignerAt(Instant now)
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

        return first!;
    }

    /// <summary>The keys that are not dropped, with or without the revoked ones.</summary>
    public IEnumerable<SigningKey> NeededAt(Instant now, bool withRevoked) =>
        _lives.Where(life => life.PhaseAt(now) != KeyPhase.Dropped && (withRevoked || life.RevokedAt is null)).Select(life => life.Key);

    private static IEnumerable<KeyRingEntry> Entries(IEnumerable<KeyLife> lives) =>
        lives.Select(life => new KeyRingEntry(life.Key, life.AnnouncedAt, life.SignsFrom, life.RevokedAt));

    private KeyLine With(IEnumerable<KeyRingEntry> keys) => new(_policy, _keepAfterSigning, keys);
}

/// <summary>The stored times of a key; all other times follow from the keys around it.</summary>
internal sealed record KeyRingEntry(SigningKey Key, Instant AnnouncedAt, Instant SignsFrom, Instant? RevokedAt = null)
{
    /// <summary>Whether it signs at any time: it was not revoked before it starts to sign.</summary>
    public bool EverSigns => RevokedAt is null || RevokedAt > SignsFrom;
}
