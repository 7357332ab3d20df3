using NodaTime;
using Parking.BackOffice.Sql;
using Parking.Ports;

namespace Parking.BackOffice.Audit;

/// <summary>
/// Signs where the chain ends, and keeps the signed head in the database, in the log and in the live store. The key lies in none of them.
/// </summary>
/// <remarks>
/// A head is signed only after what was signed before was looked at: a chain that does not have the head of the live store was rewritten,
/// cut, or put back from an older copy. That is entered into the chain with that head, so that it is not lost, before the next is signed.
/// </remarks>
public sealed partial class AuditHeads(
    ISqlDatabase sql, AuditChain chain, AuditKey key, IAuditHeadStore live, IClock clock, ILogger<AuditHeads> logger)
{
    /// <summary>The act by which the service enters a head that the chain does not have.</summary>
    public const string Contradiction = "contradict_head";

    /// <summary>Begins the target of such an entry; the head follows.</summary>
    internal const string TargetPrefix = "head:";

    /// <summary>Who enters what nobody did.</summary>
    private const string Service = "service";

    /// <summary>Signs the end of the chain, if there are entries since the last head.</summary>
    /// <returns>The head; null if there was nothing new.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The live store cannot be used.</exception>
    public async Task<AuditHead?> SignAsync(CancellationToken cancellationToken)
    {
        var text = await live.LoadAsync();
        var kept = text is not null && AuditHead.TryRead(text, out var read) ? read : null;
        var (tail, signed, found) = await sql.ReadAsync(
            async db => (
                AuditTail.OrThrow(await AuditTail.ReadAsync(db)),
                await db.ScalarAsync<long?>("SELECT MAX(sequence) FROM audit_heads"),
                kept is null ? null : await HashAsync(db, kept.Sequence)),
            cancellationToken);
        if (kept is not null && found != kept.Hash)
        {
            Contradicted(logger, kept.Text, tail.Sequence);
            await chain.AppendAsync([new()
            {
                At = clock.GetCurrentInstant(),
                Act = Contradiction,
                Target = TargetPrefix + kept.Text,
                Staff = Service,
                Source = $"head/{kept.Sequence}/{kept.Hash}",
            }]);
        }
        else if (tail.Sequence == 0 || (kept?.Sequence == tail.Sequence && signed == tail.Sequence))
        {
            return null;
        }

        var head = await sql.WriteAsync(
            async db =>
            {
                var (sequence, hash) = await AuditTail.LockAsync(db);
                var next = AuditHead.Sign(key, sequence, hash, clock.GetCurrentInstant());
                await db.ExecuteAsync(
                    "INSERT INTO audit_heads (sequence, head) VALUES (@Sequence, @Text) ON CONFLICT DO NOTHING",
                    new { next.Sequence, next.Text });
                return next;
            },
            cancellationToken);
        Signed(logger, head.Sequence, head.Text);

        // Another instance may have kept one meanwhile: then the next round compares.
        await live.ReplaceAsync(text, head.Text);
        return head;
    }

    private static Task<string?> HashAsync(SqlSession db, long sequence) =>
        db.ScalarAsync<string>("SELECT hash FROM audit_entries WHERE sequence = @sequence", new { sequence });

    [LoggerMessage(
        9020, LogLevel.Information, "The audit has {Entries} entries, signed as {Head}", EventName = "AuditHeadSigned")]
    private static partial void Signed(ILogger logger, long entries, string head);

    [LoggerMessage(
        9021,
        LogLevel.Error,
        "The audit does not have the head {Head} that was signed before; it has {Entries} entries. It was rewritten, cut, or put back from "
            + "an older copy. Run: audit verify",
        EventName = "AuditHeadContradicted")]
    private static partial void Contradicted(ILogger logger, string head, long entries);
}
