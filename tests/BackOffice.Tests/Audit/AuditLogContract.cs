using Parking.BackOffice.Audit;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>What people read of the audit.</summary>
public abstract class AuditLogContract(SqlUnderTest sql) : AuditContract(sql)
{
    private static readonly AuditQuery Everything = new(null, true, null, null, null, null, null, 50);

    [Fact]
    public async Task Pages_GoOnWhereTheyEnded_NewestFirst_AndKeepToTheQuery()
    {
        await AppendAsync(3);
        await Chain.AppendAsync([Act(1) with { IsOutcome = true, Result = "done", Intent = 2 }]);
        await Chain.AppendAsync([
            Act(1) with { Facility = "yuyuan", Target = "facility:yuyuan" },
            Act(7) with { Facility = null, Target = "key:8d97a6f2", Act = "revoke_key" },
        ]);
        var start = Clock.Now;

        Assert.Equal([6, 5, 3, 2, 1], await NumbersAsync(Everything));
        Assert.Equal([6, 5], await NumbersAsync(Everything with { Limit = 2 }));
        Assert.Equal([3, 2], await NumbersAsync(Everything with { Limit = 2, Before = 5 }));
        Assert.Equal([5, 3, 2, 1], await NumbersAsync(Everything with { HasCity = false }));
        Assert.Equal([3, 2, 1], await NumbersAsync(Everything with { Facilities = ["hsp", "nowhere"] }));
        Assert.Empty(await NumbersAsync(Everything with { Facilities = [] }));
        Assert.Equal([5, 1], await NumbersAsync(Everything with { Staff = "s-1" }));
        Assert.Equal([6], await NumbersAsync(Everything with { Act = "revoke_key" }));
        Assert.Equal([6, 5, 3], await NumbersAsync(Everything with { From = start }));
        Assert.Equal([2, 1], await NumbersAsync(Everything with { To = start }));

        var page = await LogAsync(Everything with { Limit = 1, Before = 3 });
        var act = Assert.Single(page.Acts);
        Assert.Equal((2L, "the lamp at the entry is broken", "done"), (page.Next, act.Detail?.Reason, Assert.Single(act.Outcomes).Result));
        await Chain.EraseAsync(2);
        Assert.Equal((null, true), ((await LogAsync(Everything with { Limit = 1, Before = 3 })).Acts[0] is { } erased
            ? (erased.Detail, erased.ErasedAt is not null)
            : default));
    }

    private Task<AuditPage> LogAsync(AuditQuery query) => new AuditLog(Database).PageAsync(query, Cancel);

    private async Task<IEnumerable<long>> NumbersAsync(AuditQuery query) =>
        (await LogAsync(query)).Acts.Select(act => act.Intent.Sequence);
}

public sealed class SqliteAuditLog() : AuditLogContract(new SqliteUnderTest());

public sealed class PostgresAuditLog(SharedPostgres shared) : AuditLogContract(new PostgresUnderTest(shared));
