using Parking.BackOffice.Audit;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>When the service signs, and what it does about a chain that is not the one that it signed.</summary>
public abstract class AuditHeadsContract(SqlUnderTest sql) : AuditContract(sql)
{
    [Fact]
    public async Task Head_IsSigned_OnlyAfterNewEntries()
    {
        Assert.Null(await Heads.SignAsync(Cancel));
        await AppendAsync(2);

        var first = await Heads.SignAsync(Cancel);
        Assert.Null(await Heads.SignAsync(Cancel));
        await AppendAsync(1);
        var second = await Heads.SignAsync(Cancel);

        Assert.Equal((2, 3), (first!.Sequence, second!.Sequence));
        Assert.Equal(second.Text, Live.Head);
        Assert.True(AuditHead.TryRead(second.Text, out var read));
        Assert.Equal(second, read);
        Assert.True(read.IsSignedBy(Key));
    }

    /// <summary>The live store was out of reach after the database had it: the next time it is put there.</summary>
    [Fact]
    public async Task Head_ThatTheLiveStoreLost_IsKeptAgain()
    {
        await AppendAsync(2);
        await Heads.SignAsync(Cancel);
        Live.Head = null;

        Assert.NotNull(await Heads.SignAsync(Cancel));

        Assert.NotNull(Live.Head);
        Assert.True((await VerifyAsync(("the live store", Live.Head))).IsIntact);
    }

    [Fact]
    public async Task Chain_ThatWasPutBackFromAnOlderCopy_SaysSoItself_AndIsSignedOn()
    {
        await AppendAsync(2);
        await Heads.SignAsync(Cancel);
        await Sql.CopyAsync("yesterday");
        await ReopenAsync();
        await AppendAsync(3);
        var lost = (await Heads.SignAsync(Cancel))!;
        await Sql.RestoreAsync("yesterday");
        await ReopenAsync();

        var next = await Heads.SignAsync(Cancel);

        Assert.Equal(3, next!.Sequence);
        Assert.Equal(($"head:{lost.Text}", "contradict_head", "service"), (await EntriesAsync())
            .Select(entry => (entry.Target, entry.Act, entry.Staff)).Last());
        Assert.Null(await Heads.SignAsync(Cancel));
        var found = Assert.Single((await VerifyAsync(("the live store", Live.Head!))).Findings);
        Assert.Equal((AuditFault.Contradicted, 3), (found.Kind, found.Sequence));
        Assert.True((await new AuditVerification(Database, [Key], new HashSet<long> { 3 }).RunAsync([], Cancel)).IsIntact);
    }
}

public sealed class SqliteAuditHeads() : AuditHeadsContract(new SqliteUnderTest());

public sealed class PostgresAuditHeads(SharedPostgres shared) : AuditHeadsContract(new PostgresUnderTest(shared));
