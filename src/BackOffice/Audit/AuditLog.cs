using Dapper;
using NodaTime;
using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Audit;

/// <summary>Reads the audit: pages for people, newest first, and the whole for those who check it themselves.</summary>
public sealed class AuditLog(ISqlDatabase sql)
{
    private const int ExportPage = 1000;

    private const string WithDetail =
        $"SELECT {AuditEntry.Columns}, d.sequence AS detail, d.salt, d.content, d.erased_at "
        + "FROM audit_entries LEFT JOIN audit_details d USING (sequence)";

    /// <summary>A page of acts, each with what came of it, newest first.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<AuditPage> PageAsync(AuditQuery query, CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var values = new DynamicParameters();
            var conditions = Conditions(db, query, values);
            values.Add("Limit", query.Limit + 1);
            var rows = await db.QueryAsync<AuditRow>(
                $"{WithDetail} WHERE {string.Join(" AND ", conditions)} ORDER BY sequence DESC LIMIT @Limit", values);
            var intents = rows.Take(query.Limit).ToList();
            var numbers = intents.Select(row => row.Sequence).ToArray();
            var outcomes = numbers.Length == 0 ? [] : await db.QueryAsync<AuditEntry>(
                $"SELECT {AuditEntry.Columns} FROM audit_entries WHERE {db.In("intent", "numbers")} ORDER BY sequence", new { numbers });
            var byIntent = outcomes.ToLookup(entry => entry.Intent!.Value);
            return new AuditPage(
                [.. intents.Select(row => new AuditedAct(row, row.ReadDetail(), row.ErasedAt, [.. byIntent[row.Sequence]]))],
                rows.Count > query.Limit ? numbers[^1] : null);
        },
        cancellationToken);

    /// <summary>All entries from the first to the last, with what is left of their details.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public async IAsyncEnumerable<AuditRow> ReadAllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (true)
        {
            var page = await ReadPageAsync(sql, last, ExportPage, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < ExportPage)
            {
                yield break;
            }

            last = page[^1].Sequence;
        }
    }

    /// <summary>All signed heads, oldest first.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<IReadOnlyList<string>> HeadsAsync(CancellationToken cancellationToken) =>
        sql.ReadAsync(db => db.QueryAsync<string>("SELECT head FROM audit_heads ORDER BY sequence"), cancellationToken);

    internal static Task<IReadOnlyList<AuditRow>> ReadPageAsync(
        ISqlDatabase sql, long after, int limit, CancellationToken cancellationToken) => sql.ReadAsync(
        db => db.QueryAsync<AuditRow>(
            $"{WithDetail} WHERE sequence > @after ORDER BY sequence LIMIT @limit", new { after, limit }),
        cancellationToken);

    private static List<string> Conditions(SqlSession db, AuditQuery query, DynamicParameters values)
    {
        var conditions = new List<string> { "kind = 'intent'" };
        if (query.Facilities is { } facilities)
        {
            values.Add("facilities", facilities.ToArray());
            conditions.Add(db.In("facility", "facilities"));
        }
        else if (!query.HasCity)
        {
            conditions.Add("facility IS NOT NULL");
        }

        Add("act = @Act", "Act", query.Act);
        Add("staff = @Staff", "Staff", query.Staff);
        Add("at >= @From", "From", query.From?.ToMicroseconds());
        Add("at < @To", "To", query.To?.ToMicroseconds());
        Add("sequence < @Before", "Before", query.Before);
        return conditions;

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add(name, value);
            }
        }
    }
}

/// <summary>Which acts to read.</summary>
/// <param name="Facilities">Those at these facilities; null: at all.</param>
/// <param name="HasCity">Also those that are about no facility. Without meaning beside <paramref name="Facilities"/>.</param>
/// <param name="Act">Only this kind of act; null: any.</param>
/// <param name="Staff">Only what this operator did; null: anybody.</param>
/// <param name="From">Only from this time on.</param>
/// <param name="To">Only before this time.</param>
/// <param name="Before">Only entries with lower numbers: where the page before ended.</param>
/// <param name="Limit">At most how many.</param>
public sealed record AuditQuery(
    IReadOnlyCollection<string>? Facilities,
    bool HasCity,
    string? Act,
    string? Staff,
    Instant? From,
    Instant? To,
    long? Before,
    int Limit);

/// <summary>Some acts, newest first, and the number to go on before; null if there are no more.</summary>
public sealed record AuditPage(IReadOnlyList<AuditedAct> Acts, long? Next);

/// <summary>An act with what came of it.</summary>
/// <param name="Intent">What was to be done.</param>
/// <param name="Detail">What can be erased; null if there is nothing, or it was erased.</param>
/// <param name="ErasedAt">When it was erased, in microseconds since 1970; null if it was not.</param>
/// <param name="Outcomes">What came of it, oldest first; none as long as nothing is known.</param>
public sealed record AuditedAct(AuditEntry Intent, AuditDetail? Detail, long? ErasedAt, IReadOnlyList<AuditEntry> Outcomes);

/// <summary>An entry with what is left of its detail.</summary>
public sealed record AuditRow : AuditEntry
{
    /// <summary>The entry's own number, if there is a row of a detail.</summary>
    public long? Detail { get; init; }

    /// <summary>What the detail's hash begins with; null if there is none, or it was erased.</summary>
    public string? Salt { get; init; }

    /// <summary>The detail as JSON; null if there is none, or it was erased.</summary>
    public string? Content { get; init; }

    /// <summary>When the detail was erased, in microseconds since 1970.</summary>
    public long? ErasedAt { get; init; }

    internal AuditDetail? ReadDetail() => Content is null ? null : AuditDetail.Read(Content);
}
