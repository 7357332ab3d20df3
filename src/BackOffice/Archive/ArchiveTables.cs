using Parking.BackOffice.Sql;
using Parking.Ports;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>The statements of the drain.</summary>
internal static class ArchiveTables
{
    /// <summary>How many batches of a partition are remembered. What the live store has acknowledged last is one of the newest.</summary>
    private const int RememberedBatches = 64;

    private const int GoneFrom = (int)StayState.Superseded;

    public static Task<IReadOnlyList<HeadRow>> HeadsAsync(SqlSession db, int[] partitions) => db.QueryAsync<HeadRow>(
        $"SELECT partition_number, number, token, epoch FROM drain_heads WHERE {db.In("partition_number", "partitions")}",
        new { partitions });

    /// <summary>Whether the archive has committed a batch, as far as it remembers.</summary>
    public static async Task<bool> KnowsAsync(SqlSession db, int partition, ArchiveBatch batch) => await db.ScalarAsync<long>(
        "SELECT COUNT(*) FROM drain_batches WHERE partition_number = @partition AND number = @Number AND token = @Token",
        new { partition, batch.Number, batch.Token }) > 0;

    public static Task<IReadOnlyList<SubjectRow>> SubjectsAsync(SqlSession db, long[] holders) => db.QueryAsync<SubjectRow>(
        $"SELECT holder, subject, content, hidden_at FROM subjects WHERE {db.In("holder", "holders")}", new { holders });

    /// <summary>The stays of some holders that ended after <paramref name="since"/> or not at all, and those of the given names.</summary>
    public static async Task<IEnumerable<StayRow>> StaysAsync(
        SqlSession db, long[] holders, long since, IEnumerable<string> names)
    {
        if (holders.Length == 0)
        {
            return [];
        }

        var recent = await db.QueryAsync<StayRow>(
            $"SELECT {StayRow.Columns} FROM stays WHERE {db.In("holder", "holders")} AND (ended_at IS NULL OR ended_at >= @since)",
            new { holders, since });
        var found = recent.Select(stay => stay.Stay).ToHashSet();
        var older = names.Where(name => !found.Contains(name)).ToArray();
        return older.Length == 0
            ? recent
            :
            [
                .. recent,
                .. await db.QueryAsync<StayRow>($"SELECT {StayRow.Columns} FROM stays WHERE {db.In("stay", "older")}", new { older }),
            ];
    }

    /// <summary>
    /// The last revisions of stays by their names: of one that has no row any more, its holder was forgotten, and an older copy of the live
    /// store came back.
    /// </summary>
    public static async Task<IReadOnlyList<RevisionRow>> LastRevisionsAsync(SqlSession db, string[] names) => names.Length == 0
        ? []
        : await db.QueryAsync<RevisionRow>(
            $"""
            SELECT * FROM stay_revisions WHERE {db.In("stay", "names")}
              AND revision = (SELECT MAX(revision) FROM stay_revisions last WHERE last.stay = stay_revisions.stay)
            """,
            new { names });

    /// <summary>Holders with stays that ended after <paramref name="since"/> or not at all, from one holder on, in their order.</summary>
    public static Task<IReadOnlyList<long>> HoldersAsync(SqlSession db, long after, long since, int limit) => db.QueryAsync<long>(
        $"""
        SELECT DISTINCT holder FROM stays
        WHERE holder > @after AND (ended_at IS NULL OR ended_at >= @since) AND unaccounted_at IS NULL AND state < {GoneFrom}
        ORDER BY holder LIMIT @limit
        """,
        new { after, since, limit });

    public static Task<IReadOnlyList<long>> QuarantinedAsync(SqlSession db, int limit) =>
        db.QueryAsync<long>("SELECT holder FROM quarantine ORDER BY since LIMIT @limit", new { limit });

    /// <summary>Replaces each head if it is still the expected one, and remembers the batch.</summary>
    /// <returns>Which were replaced.</returns>
    public static async Task<IReadOnlyList<bool>> SwapHeadsAsync(SqlSession db, IReadOnlyList<HeadSwap> swaps)
    {
        var added = swaps.Where(swap => swap.OldNumber == 0).ToList();
        var replaced = swaps.Where(swap => swap.OldNumber != 0).ToList();
        var won = new Dictionary<HeadSwap, bool>(ReferenceEqualityComparer.Instance);
        Note(added, await db.ExecuteManyAsync(
            """
            INSERT INTO drain_heads (partition_number, number, token, epoch) VALUES (@PartitionNumber, @Number, @Token, @Epoch)
            ON CONFLICT DO NOTHING
            """,
            added));
        Note(replaced, await db.ExecuteManyAsync(
            """
            UPDATE drain_heads SET number = @Number, token = @Token, epoch = @Epoch
            WHERE partition_number = @PartitionNumber AND number = @OldNumber AND token = @OldToken
            """,
            replaced));
        var winners = swaps.Where(swap => won[swap]).ToList();
        await db.InsertAsync("drain_batches", "partition_number, number, token", winners);
        await db.ExecuteManyAsync(
            $"DELETE FROM drain_batches WHERE partition_number = @PartitionNumber AND number <= @Number - {RememberedBatches}", winners);
        return [.. swaps.Select(swap => won[swap])];

        void Note(List<HeadSwap> tried, IReadOnlyList<int> changed)
        {
            for (var i = 0; i < tried.Count; i++)
            {
                won[tried[i]] = changed[i] == 1;
            }
        }
    }

    /// <summary>Writes what changed, all of it in this step.</summary>
    public static async Task WriteAsync(SqlSession db, IReadOnlyList<HolderChange> changes, long now)
    {
        var forgotten = changes.Where(change => change.Forgets).Select(change => new { change.Holder }).ToList();

        // A stay may have been forgotten before and have come back. The days were counted from its row in stays: that row is kept.
        await db.ExecuteManyAsync(
            "DELETE FROM forgotten_stays WHERE stay IN (SELECT stay FROM stays WHERE holder = @Holder)", forgotten);
        await db.ExecuteManyAsync(
            $"""
            INSERT INTO forgotten_stays (stay, facility, began_at, entered_at, ended_at, ending, state)
            SELECT stay, facility, began_at, entered_at, ended_at, ending, state FROM stays
            WHERE holder = @Holder AND ended_at IS NOT NULL AND state < {GoneFrom}
            """,
            forgotten);
        await db.ExecuteManyAsync("DELETE FROM stays WHERE holder = @Holder", forgotten);
        await db.ExecuteManyAsync("DELETE FROM subjects WHERE holder = @Holder", forgotten);
        await db.InsertAsync(
            "subjects",
            "holder, subject, content, hidden_at",
            [.. changes.Select(change => change.Subject).OfType<SubjectRow>()],
            "ON CONFLICT (holder) DO UPDATE SET content = excluded.content, hidden_at = excluded.hidden_at");
        await PutAsync(db, [.. changes.SelectMany(change => change.Stays)]);
        await db.InsertAsync("stay_revisions", RevisionColumns, [.. changes.SelectMany(change => change.Revisions)]);
        await db.InsertAsync(
            "price_sources",
            "hash, kind, content",
            [.. changes.SelectMany(change => change.Sources).DistinctBy(source => source.Hash)],
            "ON CONFLICT DO NOTHING");
        await db.InsertAsync(
            "quarantine",
            "holder, reason, since",
            [.. changes.Where(change => change.Unreadable is not null)
                .Select(change => new { change.Holder, Reason = change.Unreadable, Since = now })],
            "ON CONFLICT (holder) DO UPDATE SET reason = excluded.reason");
        long[] readable = [.. changes.Where(change => change.Unreadable is null).Select(change => change.Holder)];
        await db.ExecuteAsync($"DELETE FROM quarantine WHERE {db.In("holder", "readable")}", new { readable });
        await ChangedDays.AddAsync(db, changes.SelectMany(change => change.Days));
    }

    /// <summary>Writes rows of stays, in the place of those that have the same name.</summary>
    public static Task PutAsync(SqlSession db, IReadOnlyList<StayRow> stays) => db.InsertAsync(
        "stays",
        StayRow.Columns,
        stays,
        """
        ON CONFLICT (stay) DO UPDATE SET plate = excluded.plate, entry_gate = excluded.entry_gate, exit_gate = excluded.exit_gate,
          began_at = excluded.began_at, entered_at = excluded.entered_at, ended_at = excluded.ended_at, ending = excluded.ending,
          state = excluded.state, doubts = excluded.doubts, revision = excluded.revision, facts = excluded.facts,
          unaccounted_at = excluded.unaccounted_at
        """);

    private const string RevisionColumns =
        "stay, revision, subject, recorded_at, facts, facility, entry_gate, exit_gate, entered_at, earliest_entry, ended_at, latest_exit, "
        + "ending, state, doubts, superseded_by, tariff_version, vehicle_class, occupancy_percent, entitlements, displayed, "
        + "displayed_currency, total, currency, lines, tariff_hash, calendar_hash, time_zones";
}

/// <summary>A row of <c>drain_heads</c>.</summary>
internal sealed record HeadRow
{
    public long PartitionNumber { get; init; }

    public long Number { get; init; }

    public long Token { get; init; }

    public string Epoch { get; init; } = "";

    public ArchiveBatch Batch => new(Number, Token);
}

/// <summary>A head that is to be replaced: number 0 means that there is none yet.</summary>
internal sealed record HeadSwap(long PartitionNumber, long OldNumber, long OldToken, long Number, long Token, string Epoch);
