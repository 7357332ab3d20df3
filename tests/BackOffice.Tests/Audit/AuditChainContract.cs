using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>How entries come into the chain, and what stays of them.</summary>
public abstract class AuditChainContract(SqlUnderTest sql) : AuditContract(sql)
{
    [Fact]
    public async Task Entries_OfSeveralInstances_FormOneChainWithoutGap()
    {
        AuditChain[] instances = [Chain, new(await Sql.OpenAsync(), Clock)];

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => instances[n % 2].AppendAsync([Act(n), Act(n)])));

        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), numbers.SelectMany(two => two).Order());
        Assert.All(numbers, two => Assert.Equal(two[0] + 1, two[1]));
        var found = await VerifyAsync();
        Assert.Equal((true, 40L), (found.IsIntact, found.Entries));
    }

    [Fact]
    public async Task Source_IsEnteredOnce_AndItsOutcomesFindIt()
    {
        var queued = Act(1) with { Source = "command/hsp/A/1" };
        var obeyed = Act(1) with { IsOutcome = true, Result = "obeyed", Source = "command/hsp/A/2", IntentSource = queued.Source };

        Assert.Equal([1], await Chain.AppendAsync([queued]));
        Assert.Equal([1, 2], await Chain.AppendAsync([queued, obeyed]));
        Assert.Equal([1, 2], await Chain.AppendAsync([queued, obeyed]));

        var entries = await EntriesAsync();
        Assert.Equal([null, 1L], entries.Select(entry => entry.Intent));
        Assert.True((await VerifyAsync()).IsIntact);
    }

    /// <summary>What somebody typed is nowhere in what stays for ever, and the hash tells nobody who guesses it.</summary>
    [Fact]
    public async Task Detail_IsErased_AndTheChainHolds()
    {
        await Chain.AppendAsync([Act(1, new("ask Wang")), Act(2, new("ask Wang"))]);
        var entries = await EntriesAsync();
        Assert.NotEqual(entries[0].DetailHash, entries[1].DetailHash);
        Assert.DoesNotContain("Wang", entries[0].HashedText(), StringComparison.Ordinal);

        Assert.True(await Chain.EraseAsync(1));
        Assert.False(await Chain.EraseAsync(1));
        Assert.False(await Chain.EraseAsync(3));

        var found = await VerifyAsync();
        Assert.Equal((true, 1L), (found.IsIntact, found.Erased));
        Assert.Equal(
            ["{\"reason\":\"ask Wang\"}"],
            await Database.ReadAsync(db => db.QueryAsync<string>("SELECT content FROM audit_details WHERE content IS NOT NULL"), Cancel));
    }

    /// <summary>Others can compute it with what any language has: it is the JSON that everybody writes.</summary>
    [Fact]
    public async Task Hash_IsThatOfPlainJson()
    {
        await Chain.AppendAsync([Act(1) with { Staff = "\"王\\\n\u0001\u007f\U0001F697 \ud800", Target = "key:8d97a6f2" }]);

        var entry = Assert.Single(await EntriesAsync());

        Assert.Equal("\"王\\\n\u0001\u007f\U0001F697 \ufffd", entry.Staff);
        Assert.Equal(entry.Hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.HashedText()))));
        var members = JsonElement.Parse(entry.HashedText()).EnumerateArray().ToList();
        Assert.Equal(15, members.Count);
        Assert.Equal(("parking-audit-1", 1, entry.Staff), (members[0].GetString(), members[1].GetInt64(), members[8].GetString()));
    }

    [Fact]
    public async Task History_StaysAsItIs()
    {
        await AppendAsync(1);
        await Heads.SignAsync(Cancel);

        foreach (var table in new[] { "audit_entries", "audit_heads" })
        {
            foreach (var change in new[] { $"UPDATE {table} SET sequence = 9", $"DELETE FROM {table}" })
            {
                await Assert.ThrowsAnyAsync<Exception>(() => Database.WriteAsync(db => db.ExecuteAsync(change), Cancel));
            }
        }

        Assert.True((await VerifyAsync()).IsIntact);
    }
}

public sealed class SqliteAuditChain() : AuditChainContract(new SqliteUnderTest());

public sealed class PostgresAuditChain(SharedPostgres shared) : AuditChainContract(new PostgresUnderTest(shared));
