using NodaTime;
using Parking.BackOffice.Sql;
using Parking.Codes;

namespace Parking.BackOffice.Audit;

/// <summary>
/// Appends to the audit. Nothing in it changes afterwards; what can be erased lies beside it, and the chain holds without it.
/// </summary>
/// <remarks>
/// A step begins by locking the tail, which says where the chain ends. So instances append one after the other, and rows that were removed
/// from the end leave a gap.
/// </remarks>
public sealed class AuditChain(ISqlDatabase sql, IClock clock)
{
    /// <summary>Appends entries in their order, all or none. One whose source is known already is not entered again.</summary>
    /// <returns>The number of each.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used; they may have been entered all the same.</exception>
    public Task<IReadOnlyList<long>> AppendAsync(IReadOnlyList<AuditAct> acts) => sql.WriteAsync(db => AppendAsync(db, acts));

    /// <summary>Erases the details of acts on stays of a holder. The entries stay, and who did what remains known.</summary>
    /// <returns>How many were erased.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<int> EraseAsync(HolderId holder) => EraseAsync(
        "stay IN (SELECT stay FROM stays WHERE holder = @Holder)", new { Holder = unchecked((long)holder.Value), Now });

    /// <summary>
    /// Erases what <see cref="EraseAsync(HolderId)"/> would have, had the database been there when holders were erased. It looks at the
    /// details that are about a stay, not at all holders, and writes only if something is left: nobody else waits for it.
    /// </summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public async Task<int> EraseHiddenAsync()
    {
        const string isLeft =
            """
            stay IS NOT NULL AND EXISTS (
              SELECT 1 FROM stays JOIN subjects USING (holder) WHERE stays.stay = audit_details.stay AND hidden_at IS NOT NULL)
            """;
        return await sql.ReadAsync(db => db.ScalarAsync<long?>($"SELECT sequence FROM audit_details WHERE {isLeft} LIMIT 1")) is null
            ? 0
            : await EraseAsync(isLeft, new { Now });
    }

    /// <summary>Erases the detail of one entry.</summary>
    /// <returns>False if it has none, or it was erased before.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public async Task<bool> EraseAsync(long sequence) => await EraseAsync("sequence = @sequence", new { sequence, Now }) > 0;

    private long Now => clock.GetCurrentInstant().ToMicroseconds();

    private Task<int> EraseAsync(string which, object values) => sql.WriteAsync(db => db.ExecuteAsync(
        $"UPDATE audit_details SET stay = NULL, salt = NULL, content = NULL, erased_at = @Now WHERE {which} AND erased_at IS NULL",
        values));

    private async Task<IReadOnlyList<long>> AppendAsync(SqlSession db, IReadOnlyList<AuditAct> acts)
    {
        // Writing it locks it: what another instance appends meanwhile is there afterwards.
        var (last, hash) = await AuditTail.LockAsync(db);
        var sources = acts.SelectMany(act => new[] { act.Source, act.IntentSource }).OfType<string>().Distinct().ToArray();
        var known = sources.Length == 0 ? [] : (await db.QueryAsync<SourceRow>(
            $"SELECT source, sequence FROM audit_entries WHERE {db.In("source", "sources")}", new { sources }))
            .ToDictionary(row => row.Source, row => row.Sequence);
        var now = clock.GetCurrentInstant();
        var (numbers, entries, details) = (new List<long>(), new List<AuditEntry>(), new List<DetailRow>());
        foreach (var act in acts)
        {
            if (act.Source is { } source && known.TryGetValue(source, out var before))
            {
                numbers.Add(before);
                continue;
            }

            var intent = act.IntentSource is { } cause && known.TryGetValue(cause, out var found) ? found : act.Intent;
            var detail = act.Detail?.Write();
            var entry = act.ToEntry(
                ++last, now, hash, intent, detail is var (salt, content) ? AuditDetail.HashOf(salt, content) : null);
            hash = entry.Hash;
            numbers.Add(last);
            entries.Add(entry);
            if (detail is var (drawn, text))
            {
                details.Add(new(last, act.Detail!.ArchivedStay, drawn, text));
            }

            if (act.Source is { } own)
            {
                known[own] = last;
            }
        }

        await db.InsertAsync("audit_entries", AuditEntry.Columns, entries);
        await db.InsertAsync("audit_details", "sequence, stay, salt, content", details);
        await db.ExecuteAsync("UPDATE audit_tail SET sequence = @last, hash = @hash", new { last, hash });
        return numbers;
    }

    private sealed record SourceRow(string Source, long Sequence);

    private sealed record DetailRow(long Sequence, string? Stay, string Salt, string Content);
}

/// <summary>Where the chain ends: the number and hash of the last entry; 0 and <see cref="AuditEntry.Origin"/> if there is none.</summary>
internal sealed record AuditTail(long Sequence, string Hash)
{
    /// <exception cref="InvalidDataException">Nothing says where the chain ends: somebody removed it.</exception>
    public static async Task<AuditTail> LockAsync(SqlSession db) =>
        OrThrow((await db.QueryAsync<AuditTail>("UPDATE audit_tail SET sequence = sequence RETURNING sequence, hash")).SingleOrDefault());

    /// <returns>Null if nothing says where the chain ends.</returns>
    public static async Task<AuditTail?> ReadAsync(SqlSession db) =>
        (await db.QueryAsync<AuditTail>("SELECT sequence, hash FROM audit_tail")).SingleOrDefault();

    /// <exception cref="InvalidDataException">There is none.</exception>
    public static AuditTail OrThrow(AuditTail? tail) => tail
        ?? throw new InvalidDataException("The audit's table audit_tail, which says where the chain ends, is empty: run audit verify.");
}
