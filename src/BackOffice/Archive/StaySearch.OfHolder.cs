using Parking.Accounts;
using Parking.BackOffice.Sql;
using Parking.Codes;

namespace Parking.BackOffice.Archive;

/// <summary>What holders find of themselves.</summary>
public sealed partial class StaySearch
{
    /// <summary>
    /// The stays of a holder that have ended, also those that were superseded or withdrawn since. Those that ended last come first.
    /// </summary>
    /// <param name="holder">The holder.</param>
    /// <param name="plates">The plates that the holder has or had: the archive has them as hashes, and knows them again.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<OwnPage> OfHolderAsync(
        HolderId holder, IEnumerable<Plate> plates, int limit, ArchiveCursor? after, CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var rows = await db.QueryAsync<StayRow>(
                $"""
                SELECT {StayRow.Columns} FROM stays
                WHERE holder = @Holder AND ended_at IS NOT NULL AND (ended_at, stay) < (@At, @Stay) AND {Seen}
                ORDER BY ended_at DESC, stay DESC LIMIT @Limit
                """,
                new
                {
                    Holder = unchecked((long)holder.Value),
                    At = after?.At.ToMicroseconds() ?? long.MaxValue,
                    Stay = after?.Stay ?? "",
                    Limit = limit + 1,
                });
            List<StayRow> found = [.. rows.Take(limit)];
            var revisions = await ArchiveTables.LastRevisionsAsync(db, [.. found.Select(row => row.Stay)]);
            var last = revisions.ToDictionary(revision => revision.Stay);
            var wholes = await WholesAsync(db, revisions);
            var known = KnownPlates(plates);
            return new OwnPage(
                [.. found.Select(row => Own(row, last.GetValueOrDefault(row.Stay), wholes, known))],
                rows.Count > limit ? new(SqlTime.FromMicroseconds(found[^1].EndedAt!.Value), found[^1].Stay) : null);
        },
        cancellationToken);

    /// <summary>A stay of a holder by its public name, with its revisions; null if it is not the holder's, or there is none.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="name">The public name.</param>
    /// <param name="plates">The plates that the holder has or had.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<OwnHistory?> FindOfHolderAsync(
        HolderId holder, CodeId name, IEnumerable<Plate> plates, CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var found = await db.QueryAsync<StayRow>(
                $"SELECT {StayRow.Columns} FROM stays WHERE stay = @Stay AND holder = @Holder AND {Seen}",
                new { Stay = keys.StayOf(name), Holder = unchecked((long)holder.Value) });
            if (found is not [var row])
            {
                return null;
            }

            var revisions = await RevisionsAsync(db, row.Stay);
            return new OwnHistory(
                Own(row, revisions.Count > 0 ? revisions[^1] : null, await WholesAsync(db, revisions), KnownPlates(plates)),
                [.. revisions.Select(Describe)]);
        },
        cancellationToken);

    private static Task<IReadOnlyList<RevisionRow>> RevisionsAsync(SqlSession db, string stay) =>
        db.QueryAsync<RevisionRow>("SELECT * FROM stay_revisions WHERE stay = @stay ORDER BY revision", new { stay });

    /// <summary>The public names of the stays of which those of some revisions are a part, by the archive's names.</summary>
    private async Task<IReadOnlyDictionary<string, CodeId>> WholesAsync(SqlSession db, IReadOnlyList<RevisionRow> revisions)
    {
        string[] named = [.. revisions.Select(revision => revision.SupersededBy).OfType<string>().Distinct()];
        return named.Length == 0
            ? new Dictionary<string, CodeId>()
            : (await db.QueryAsync<StayRow>($"SELECT {StayRow.Columns} FROM stays WHERE {db.In("stay", "named")}", new { named }))
                .ToDictionary(whole => whole.Stay, whole => names.NameOf(whole.Holder, whole.Vehicle, whole.Event));
    }

    private Dictionary<string, Plate> KnownPlates(IEnumerable<Plate> plates) =>
        plates.Distinct().ToDictionary(plate => Convert.ToHexString(keys.PlateOf(plate)));

    private OwnStay Own(
        StayRow row, RevisionRow? last, IReadOnlyDictionary<string, CodeId> wholes, Dictionary<string, Plate> plates) => new(
        Describe(row),
        last is null ? null : Describe(last),
        row.Plate is { } hash && plates.TryGetValue(Convert.ToHexString(hash), out var plate) ? plate : null,
        last?.SupersededBy is { } whole && wholes.TryGetValue(whole, out var name) ? name : null);
}

/// <summary>Some stays of a holder, and where the next ones begin; null if there are no more.</summary>
public sealed record OwnPage(IReadOnlyList<OwnStay> Stays, ArchiveCursor? Next);

/// <summary>A stay as its holder finds it.</summary>
/// <param name="Stay">The stay as it is now.</param>
/// <param name="Last">Its last revision; null if it never ended.</param>
/// <param name="Plate">The plate that it began with; null if it had none, or the holder does not have it any more.</param>
/// <param name="SupersededBy">The stay of which it is a part; null if it is none.</param>
public sealed record OwnStay(ArchivedStay Stay, ArchivedRevision? Last, Plate? Plate, CodeId? SupersededBy);

/// <summary>A stay of a holder with all that was known of it since its end.</summary>
public sealed record OwnHistory(OwnStay Stay, IReadOnlyList<ArchivedRevision> Revisions);
