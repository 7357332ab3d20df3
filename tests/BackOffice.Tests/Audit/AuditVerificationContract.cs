using Parking.BackOffice.Audit;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>Whoever has all rights at the database can change it, and cannot hide that.</summary>
public abstract class AuditVerificationContract(SqlUnderTest sql) : AuditContract(sql)
{
    private const int Last = 6;

    private static readonly (string Statements, AuditFault Fault, long Sequence)[] Tamperings =
    [
        ("UPDATE audit_entries SET staff = 's-9' WHERE sequence = 3", AuditFault.Changed, 3),
        ("UPDATE audit_entries SET at = at + 1 WHERE sequence = 6", AuditFault.Changed, 6),
        ("UPDATE audit_entries SET result = 'done' WHERE sequence = 1", AuditFault.Changed, 1),
        ("DELETE FROM audit_entries WHERE sequence = 4", AuditFault.Removed, 4),
        ("DELETE FROM audit_entries WHERE sequence = 1", AuditFault.Removed, 1),
        ("DELETE FROM audit_entries WHERE sequence IN (3, 4)", AuditFault.Removed, 3),
        (
            "UPDATE audit_entries SET sequence = 99 WHERE sequence = 3; UPDATE audit_entries SET sequence = 3 WHERE sequence = 4; "
                + "UPDATE audit_entries SET sequence = 4 WHERE sequence = 99",
            AuditFault.Moved, 3),
        (
            "DELETE FROM audit_entries WHERE sequence = 3; UPDATE audit_entries SET sequence = 3 WHERE sequence = 4; "
                + "UPDATE audit_entries SET sequence = 4 WHERE sequence = 5; UPDATE audit_entries SET sequence = 5 WHERE sequence = 6; "
                + "UPDATE audit_tail SET sequence = 5",
            AuditFault.Moved, 3),
        ("DELETE FROM audit_entries WHERE sequence > 4", AuditFault.CutOff, 5),
        ("UPDATE audit_details SET content = '{\"reason\":\"other\"}'", AuditFault.DetailChanged, 2),
        ("UPDATE audit_details SET salt = NULL, content = NULL", AuditFault.DetailChanged, 2),
        ("DELETE FROM audit_details", AuditFault.DetailMissing, 2),
        ("INSERT INTO audit_details (sequence, salt, content) VALUES (3, 'a', 'b')", AuditFault.DetailChanged, 3),
    ];

    [Fact]
    public async Task Chain_LeftAlone_IsIntact()
    {
        Assert.True((await VerifyAsync()).IsIntact);
        await AppendAsync(Last);
        await Heads.SignAsync(Cancel);
        await AppendAsync(1);

        var found = await VerifyAsync(("the live store", Live.Head!));

        Assert.Empty(found.Findings);
        Assert.Equal((Last + 1, 2, 0), (found.Entries, found.Heads, found.Erased));
    }

    [Fact]
    public async Task Tampering_IsFoundWhereItWasDone()
    {
        const string kept = "kept_entries";
        await AppendAsync(Last);
        await TamperAsync($"CREATE TABLE {kept} AS SELECT * FROM audit_entries; CREATE TABLE kept_details AS SELECT * FROM audit_details");
        var wrong = new List<string>();
        foreach (var (statements, fault, sequence) in Tamperings)
        {
            await Sql.ExecuteAsOwnerAsync(statements);

            var found = (await VerifyAsync()).Findings;
            if (found is not [var one] || (one.Kind, one.Sequence) != (fault, sequence)
                || !one.Text.Contains($"{sequence}", StringComparison.Ordinal))
            {
                wrong.Add($"{statements}: {string.Join("; ", found)}");
            }

            await Sql.ExecuteAsOwnerAsync(
                $"""
                DELETE FROM audit_details; DELETE FROM audit_entries;
                INSERT INTO audit_entries SELECT * FROM {kept}; INSERT INTO audit_details SELECT * FROM kept_details;
                UPDATE audit_tail SET sequence = {Last}, hash = (SELECT hash FROM {kept} WHERE sequence = {Last});
                """);
        }

        Assert.Empty(wrong);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Tail_Removed_IsFound_AndNothingIsAppended()
    {
        await AppendAsync(Last);
        await Sql.ExecuteAsOwnerAsync("DELETE FROM audit_tail");

        await Assert.ThrowsAsync<InvalidDataException>(() => AppendAsync(1));
        var found = await VerifyAsync();

        Assert.Equal((AuditFault.CutOff, Last), (Assert.Single(found.Findings).Kind, (int)found.Entries));
    }

    /// <summary>Its hash fits, and the next entry continues the one that was there.</summary>
    [Fact]
    public async Task Entry_WrittenAnewWithItsHash_BreaksTheNextLink()
    {
        await AppendAsync(Last);
        var forged = (await EntriesAsync())[2] with { Staff = "nobody" };

        await TamperAsync($"UPDATE audit_entries SET staff = 'nobody', hash = '{forged.ComputeHash()}' WHERE sequence = 3");

        var found = Assert.Single((await VerifyAsync()).Findings);
        Assert.Equal((AuditFault.Relinked, 4), (found.Kind, found.Sequence));
    }

    [Fact]
    public async Task Tail_CutOffWithItsNote_IsFoundByASignedHead()
    {
        await AppendAsync(Last);
        await Heads.SignAsync(Cancel);
        var fifth = (await EntriesAsync())[4];

        await TamperAsync(
            "DELETE FROM audit_entries WHERE sequence = 6; DELETE FROM audit_heads; "
            + $"UPDATE audit_tail SET sequence = 5, hash = '{fifth.Hash}'");

        Assert.True((await VerifyAsync()).IsIntact, "Without a head nobody can tell.");
        var found = Assert.Single((await VerifyAsync(("the live store", Live.Head!))).Findings);
        Assert.Equal((AuditFault.CutOff, 6), (found.Kind, found.Sequence));
    }

    [Fact]
    public async Task Chain_RewrittenAsAWhole_IsFoundByASignedHead()
    {
        await AppendAsync(3);
        await Heads.SignAsync(Cancel);
        await AppendAsync(3);
        await Heads.SignAsync(Cancel);

        await RewriteAsync(from: 4, more: "");

        var found = Assert.Single((await VerifyAsync()).Findings);
        Assert.Equal((AuditFault.Rewritten, 6), (found.Kind, found.Sequence));
        Assert.Contains("Up to entry 3 it is as it was signed", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chain_RewrittenWithItsHeads_IsFoundByTheHeadThatLiesElsewhere()
    {
        await AppendAsync(Last);
        await Heads.SignAsync(Cancel);

        await RewriteAsync(from: 1, more: "DELETE FROM audit_heads");

        Assert.True((await VerifyAsync()).IsIntact, "Without a head nobody can tell.");
        var found = Assert.Single((await VerifyAsync(("--head", Live.Head!))).Findings);
        Assert.Equal((AuditFault.Rewritten, Last), (found.Kind, found.Sequence));
    }

    [Fact]
    public async Task Head_SignedByAnotherKey_OrChanged_OrNone_IsNamed()
    {
        await AppendAsync(2);
        var head = (await Heads.SignAsync(Cancel))!;
        using var other = AuditKey.OfSecret(AuditKey.CreateSecret());
        var forged = AuditHead.Sign(other, head.Sequence, head.Hash, head.At).Text;
        var changed = head.Text.Split('.') is [var first, _, var last]
            ? $"{first}.{AuditHead.Sign(Key, 9, head.Hash, head.At).Text.Split('.')[1]}.{last}"
            : "";

        foreach (var bad in new[] { forged, changed, "no head", "a.b.c" })
        {
            var found = Assert.Single((await VerifyAsync(("--head", bad))).Findings);
            Assert.Equal(AuditFault.BadHead, found.Kind);
        }
    }

    [Fact]
    public async Task Walk_OfManyPages_FindsTheFirstBreak()
    {
        await Chain.AppendAsync([.. Enumerable.Range(1, 2500).Select(n => Act(n))]);
        Assert.True((await VerifyAsync()).IsIntact);

        await TamperAsync("UPDATE audit_entries SET staff = 'x' WHERE sequence IN (1001, 2400)");

        var seen = new List<(long, long)>();
        var found = await new AuditVerification(Database, [Key], progress: (done, of) => seen.Add((done, of))).RunAsync([], Cancel);
        Assert.Equal((AuditFault.Changed, 1001), (Assert.Single(found.Findings).Kind, found.Findings[0].Sequence));
        Assert.Equal([(1000, 2500)], seen);
    }
}

public sealed class SqliteAuditVerification() : AuditVerificationContract(new SqliteUnderTest());

public sealed class PostgresAuditVerification(SharedPostgres shared) : AuditVerificationContract(new PostgresUnderTest(shared));
