using Dapper;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Stays;

namespace Parking.BackOffice.Cases;

/// <summary>Finds cases. Those of stays whose holders were erased are not found.</summary>
public sealed class CaseSearch(ISqlDatabase sql, StayNames names, ArchiveKeys keys)
{
    /// <summary>A case with its history; null if there is none.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<CaseFile?> FindAsync(CaseNumber number, CancellationToken cancellationToken) => sql.ReadAsync(
        async db => await CaseTable.FindAsync(db, number.Value) is { } row
            ? new CaseFile(
                row.ToCase(names),
                [
                    .. (await db.QueryAsync<StepRow>(
                        $"{StepRow.All} WHERE h.number = @Number AND h.version <= @Version ORDER BY h.version",
                        new { row.Number, row.Version }))
                        .Select(step => step.ToStep()),
                ])
            : null,
        cancellationToken);

    /// <summary>A page of cases: the open ones oldest first, all others newest first.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<CasePage> PageAsync(CaseQuery query, CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var values = new DynamicParameters();
            var conditions = new List<string>();
            if (query.Facilities is { } facilities)
            {
                values.Add("facilities", facilities.ToArray());
                conditions.Add(db.In("c.facility", "facilities"));
            }

            var isOldestFirst = query.State == CaseState.Open;
            Add("c.state = @State", "State", (long?)query.State);
            Add("c.kind = @Kind", "Kind", (long?)query.Kind);
            Add("c.assignee = @Assignee", "Assignee", query.Assignee);
            Add("c.stay = @Stay", "Stay", query.Stay is { } stay ? keys.StayOf(stay) : null);
            Add(isOldestFirst ? "c.number > @After" : "c.number < @After", "After", query.After?.Value);
            values.Add("Limit", query.Limit + 1);
            var rows = await db.QueryAsync<CaseRow>(
                $"""
                {CaseRow.Seen} {string.Concat(conditions.Select(condition => $" AND {condition}"))}
                ORDER BY c.number {(isOldestFirst ? "" : "DESC")} LIMIT @Limit
                """,
                values);
            return new CasePage(
                [.. rows.Take(query.Limit).Select(row => row.ToCase(names))],
                rows.Count > query.Limit ? new(rows[query.Limit - 1].Number) : null);

            void Add(string condition, string name, object? value)
            {
                if (value is not null)
                {
                    conditions.Add(condition);
                    values.Add(name, value);
                }
            }
        },
        cancellationToken);

    /// <summary>The cases of a holder's stays, newest first; null for <paramref name="kind"/>: of any kind.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<IReadOnlyList<CaseRecord>> OfHolderAsync(HolderId holder, CaseKind? kind, CancellationToken cancellationToken) =>
        sql.ReadAsync<IReadOnlyList<CaseRecord>>(
        async db =>
        [
            .. (await db.QueryAsync<CaseRow>(
                $"{CaseRow.Seen} AND stays.holder = @Holder {(kind is null ? "" : "AND c.kind = @Kind")} ORDER BY c.number DESC",
                new { Holder = unchecked((long)holder.Value), Kind = (long?)kind }))
                .Select(row => row.ToCase(names)),
        ],
        cancellationToken);
}

/// <summary>Which cases to read.</summary>
/// <param name="Facilities">Those at these facilities; null: at all.</param>
/// <param name="State">Only those in this state.</param>
/// <param name="Kind">Only those of this kind.</param>
/// <param name="Assignee">Only those for this operator.</param>
/// <param name="Stay">Only those of this stay, by its public name.</param>
/// <param name="After">The last case of the page before; null for the first page.</param>
/// <param name="Limit">At most how many.</param>
public sealed record CaseQuery(
    IReadOnlyCollection<string>? Facilities,
    CaseState? State,
    CaseKind? Kind,
    string? Assignee,
    CodeId? Stay,
    CaseNumber? After,
    int Limit);

/// <summary>Some cases, and the last of them if there are more; otherwise null.</summary>
public sealed record CasePage(IReadOnlyList<CaseRecord> Cases, CaseNumber? Next);
