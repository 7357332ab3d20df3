using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parking.BackOffice.Audit;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Archive.Real;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>A chain with some entries, and what its tests do with it.</summary>
public abstract class AuditContract(SqlUnderTest sql) : IAsyncLifetime
{
    private protected static readonly AuditKey Key = AuditKey.OfSecret(AuditKey.CreateSecret());

    private ISqlDatabase _database = null!;
    private AuditChain _chain = null!;
    private AuditHeads _heads = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected SettableClock Clock { get; } = new() { Now = Instant.FromUtc(2026, 5, 4, 8, 30) };

    private protected LiveHead Live { get; } = new();

    private protected SqlUnderTest Sql => sql;

    private protected ISqlDatabase Database => _database;

    private protected AuditChain Chain => _chain;

    private protected AuditHeads Heads => _heads;

    public async ValueTask InitializeAsync() => await ReopenAsync();

    private protected async Task ReopenAsync()
    {
        _database = await sql.OpenAsync();
        _chain = new(_database, Clock);
        _heads = new(_database, _chain, Key, Live, Clock, NullLogger<AuditHeads>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    private protected AuditAct Act(int n, AuditDetail? detail = null) => new()
    {
        At = Clock.GetCurrentInstant(),
        Act = "close_facility",
        Target = "facility:hsp",
        Facility = "hsp",
        Staff = $"s-{n}",
        Duty = "operate@district:huangpu",
        Detail = detail,
    };

    /// <summary>Appends so many entries, of which the second has a detail.</summary>
    private protected async Task AppendAsync(int count)
    {
        for (var n = 1; n <= count; n++)
        {
            Clock.Now += Duration.FromSeconds(1);
            await _chain.AppendAsync([Act(n, n == 2 ? new("the lamp at the entry is broken") : null)]);
        }
    }

    private protected Task<AuditFindings> VerifyAsync(params (string, string)[] heads) =>
        new AuditVerification(_database, [Key]).RunAsync(heads, Cancel);

    private protected Task<IReadOnlyList<AuditEntry>> EntriesAsync() => _database.ReadAsync(
        db => db.QueryAsync<AuditEntry>($"SELECT {AuditEntry.Columns} FROM audit_entries ORDER BY sequence"), Cancel);

    /// <summary>Changes what is history, as somebody with all rights at the database can.</summary>
    private protected Task TamperAsync(string statements) =>
        sql.ExecuteAsOwnerAsync($"{sql.Unguard("audit_entries")} {sql.Unguard("audit_heads")} {statements}");

    /// <summary>Writes the chain anew from one entry on, as if another had given it, with hashes that fit, and a tail that does.</summary>
    private protected async Task RewriteAsync(long from, string more)
    {
        var statements = "";
        var hash = AuditEntry.Origin;
        foreach (var entry in await EntriesAsync())
        {
            var next = entry.Sequence < from ? entry : entry with { Staff = "nobody", Previous = hash };
            hash = next.ComputeHash();
            statements += $"UPDATE audit_entries SET staff = '{next.Staff}', previous = '{next.Previous}', hash = '{hash}' "
                + $"WHERE sequence = {next.Sequence};";
        }

        await TamperAsync($"{statements} UPDATE audit_tail SET hash = '{hash}'; {more}");
    }

    /// <summary>The live store's part.</summary>
    private protected sealed class LiveHead : IAuditHeadStore
    {
        public string? Head { get; set; }

        public Task<string?> LoadAsync() => Task.FromResult(Head);

        public Task<bool> ReplaceAsync(string? expected, string head)
        {
            var isExpected = Head == expected;
            Head = isExpected ? head : Head;
            return Task.FromResult(isExpected);
        }

        public Task<string?> PeekAsync() => LoadAsync();
    }
}
