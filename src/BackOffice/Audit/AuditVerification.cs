using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Audit;

/// <summary>
/// Goes through the whole chain and says where it first is not what was written. It reads in pages, beside a service that appends.
/// </summary>
/// <param name="sql">The database.</param>
/// <param name="keys">The keys whose signatures count.</param>
/// <param name="known">Entries of contradicted heads that have been looked into.</param>
/// <param name="progress">Is told how many entries of how many were gone through, after each page.</param>
public sealed class AuditVerification(
    ISqlDatabase sql, IReadOnlyList<AuditKey> keys, IReadOnlySet<long>? known = null, Action<long, long>? progress = null)
{
    private const int PageSize = 1000;
    private const int MostDetails = 20;

    /// <summary>Up to which entry the place of a moved one is looked for: some seconds.</summary>
    private const int MostPlaces = 5_000_000;

    private readonly List<AuditFinding> _chain = [];
    private readonly List<AuditFinding> _others = [];
    private readonly List<AuditHead> _heads = [];
    private long _erased;
    private int _agreed;

    /// <summary>The end of the last head that the chain agrees with.</summary>
    private long _agreedThrough;

    /// <summary>Verifies the chain once.</summary>
    /// <param name="heads">Signed heads from elsewhere: whence, and the text.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public async Task<AuditFindings> RunAsync(IEnumerable<(string Whence, string Text)> heads, CancellationToken cancellationToken)
    {
        // Heads and tail first: what is appended while the chain is read cannot be missing from it.
        var (told, signed) = await sql.ReadAsync(
            async db => (await AuditTail.ReadAsync(db), await db.QueryAsync<string>("SELECT head FROM audit_heads ORDER BY sequence")),
            cancellationToken);
        foreach (var (whence, text) in signed.Select(text => ("the database", text)).Concat(heads))
        {
            Add(whence, text);
        }

        if (told is null)
        {
            _others.Add(new(AuditFault.CutOff, 0, "The chain's tail, which says where the chain ends, is missing."));
        }

        var tail = told ?? new(0, AuditEntry.Origin);
        _heads.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
        var last = await WalkAsync(tail, cancellationToken);
        if (_chain.Count == 0)
        {
            CompareEnd(tail, last);
        }

        return new(last, _agreed, _erased, [.. _chain, .. _others]);
    }

    private void Add(string whence, string text)
    {
        if (!AuditHead.TryRead(text, out var head))
        {
            _others.Add(new(AuditFault.BadHead, 0, $"What {whence} has as a head is none: {text}"));
        }
        else if (!keys.Any(head.IsSignedBy))
        {
            _others.Add(new(
                AuditFault.BadHead,
                head.Sequence,
                $"The head of entry {head.Sequence} that {whence} has is not signed by a known key (it names the key {head.KeyId})."));
        }
        else
        {
            _heads.Add(head);
        }
    }

    /// <returns>The number of the last entry that was reached.</returns>
    private async Task<long> WalkAsync(AuditTail tail, CancellationToken cancellationToken)
    {
        var (last, hash, next) = (0L, AuditEntry.Origin, 0);
        while (true)
        {
            var page = await AuditLog.ReadPageAsync(sql, last, PageSize, cancellationToken);
            foreach (var row in page)
            {
                if (FaultOf(row, last, hash, tail) is { } fault)
                {
                    _chain.Add(fault);
                    return last;
                }

                (last, hash) = (row.Sequence, row.Hash);
                Look(row);
                if (last == tail.Sequence && hash != tail.Hash)
                {
                    _others.Add(new(
                        AuditFault.Rewritten, last, $"Entry {last} is not the one that the chain's tail has: the chain was rewritten."));
                }

                while (next < _heads.Count && _heads[next].Sequence <= last)
                {
                    Compare(_heads[next++], row);
                }
            }

            progress?.Invoke(last, Math.Max(last, tail.Sequence));
            if (page.Count < PageSize)
            {
                return last;
            }
        }
    }

    private static AuditFinding? FaultOf(AuditRow row, long last, string hash, AuditTail tail)
    {
        if (row.Sequence != last + 1)
        {
            return new(
                AuditFault.Removed,
                last + 1,
                row.Sequence == last + 2 ? $"Entry {last + 1} is missing." : $"The entries {last + 1} to {row.Sequence - 1} are missing.");
        }

        if (row.ComputeHash() != row.Hash)
        {
            return PlaceOf(row, tail) is { } place
                ? new(
                    AuditFault.Moved,
                    row.Sequence,
                    $"What is entry {row.Sequence} was written as entry {place}: entries were reordered, or one was taken out before it.")
                : new(AuditFault.Changed, row.Sequence, $"Entry {row.Sequence} was changed: it is not what its hash was made of.");
        }

        return row.Previous == hash
            ? null
            : new(
                AuditFault.Relinked,
                row.Sequence,
                $"Entry {row.Sequence} does not continue entry {last}: one of the two was written anew, with a hash that fits it.");
    }

    /// <summary>As which entry a row was written; null if its content was changed, too.</summary>
    private static long? PlaceOf(AuditRow row, AuditTail tail)
    {
        for (var place = 1L; place <= Math.Min(tail.Sequence, MostPlaces); place++)
        {
            if ((row with { Sequence = place }).ComputeHash() == row.Hash)
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Looks at what an entry carries beside its link.</summary>
    private void Look(AuditRow row)
    {
        if (row is { Act: AuditHeads.Contradiction } && known?.Contains(row.Sequence) != true)
        {
            _others.Add(new(
                AuditFault.Contradicted,
                row.Sequence,
                $"Entry {row.Sequence}: the service found that the chain did not have a head that was signed before. Entries were lost or "
                    + $"rewritten before it: {row.Target}"));
        }

        var detail = row switch
        {
            { DetailHash: null, Detail: null } => null,
            { DetailHash: not null, Detail: not null, Content: null, Salt: null, ErasedAt: not null } => null,
            { DetailHash: not null, Detail: null } => "is missing, and was not erased",
            { DetailHash: { } hash, Salt: { } salt, Content: { } content } when AuditDetail.HashOf(salt, content) == hash => null,
            _ => "is not the one that was written",
        };
        _erased += row.ErasedAt is null ? 0 : 1;
        if (detail is not null && _others.Count < MostDetails)
        {
            _others.Add(new(
                row.Detail is null ? AuditFault.DetailMissing : AuditFault.DetailChanged,
                row.Sequence,
                $"The detail of entry {row.Sequence} {detail}."));
        }
    }

    private void Compare(AuditHead head, AuditRow entry)
    {
        if (head.Hash == entry.Hash)
        {
            (_agreed, _agreedThrough) = (_agreed + 1, head.Sequence);
        }
        else if (!_others.Any(other => other.Kind == AuditFault.Rewritten))
        {
            _others.Add(new(
                AuditFault.Rewritten,
                head.Sequence,
                $"The chain was rewritten: entry {head.Sequence} is not the one that was signed at {head.At}. "
                    + (_agreedThrough == 0
                        ? "It agrees with no head before that."
                        : $"Up to entry {_agreedThrough} it is as it was signed.")));
        }
    }

    private void CompareEnd(AuditTail tail, long last)
    {
        var head = _heads.LastOrDefault(head => head.Sequence > last);
        if (head is not null || tail.Sequence > last)
        {
            var proof = head is null ? "the chain's tail says so" : $"a head was signed over them at {head.At}";
            _chain.Add(new(
                AuditFault.CutOff,
                last + 1,
                $"The end was cut off: the entries {last + 1} to {head?.Sequence ?? tail.Sequence} were there ({proof}), and are "
                    + "missing."));
        }
    }
}
