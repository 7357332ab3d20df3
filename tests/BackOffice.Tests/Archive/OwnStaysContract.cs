using Parking.Accounts;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Archive;

/// <summary>What holders find of themselves in the archive, on both databases.</summary>
public abstract class OwnStaysContract(SqlUnderTest sql) : IAsyncLifetime
{
    private static readonly HolderId Alice = new(0x8000_0000_0000_0001), Bob = new(2);

    private readonly StayNames _names = new(new CodeSeal(new byte[CodeSeal.KeySize]));
    private readonly ArchiveKeys _keys = new(new byte[32]);
    private ISqlDatabase _database = null!;
    private StaySearch _search = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ISqlDatabase Database => _database;

    public async ValueTask InitializeAsync()
    {
        _database = await sql.OpenAsync();
        _search = new(_database, _names, _keys);
        await _database.WriteAsync(
            db => db.ExecuteManyAsync(
                "INSERT INTO subjects (holder, subject, content) VALUES (@Holder, @Subject, 0)",
                [new { Holder = Signed(Alice), Subject = "a" }, new { Holder = Signed(Bob), Subject = "b" }]),
            Cancel);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    /// <summary>Of stays that ended at the same time, none is left out and none comes twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task Stays_OfAHolder_ComeNewestFirst_EachOnce_WhateverThePagesAre(int limit)
    {
        var ends = new long?[] { 30, 10, 20, 20, 20, null, 40 };
        var stays = new List<(long Ended, CodeId Name)>();
        for (var n = 0; n < ends.Length; n++)
        {
            var name = await ArchiveAsync(Alice, n, ends[n]);
            await ArchiveAsync(Bob, n, ends[n]);
            if (ends[n] is { } ended)
            {
                stays.Add((ended, name));
            }
        }

        var found = new List<CodeId>();
        ArchiveCursor? after = null;
        do
        {
            var page = await _search.OfHolderAsync(Alice, [], limit, after, Cancel);
            Assert.InRange(page.Stays.Count, 0, limit);
            found.AddRange(page.Stays.Select(own => own.Stay.Name));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(
            stays.OrderByDescending(stay => stay.Ended).ThenByDescending(stay => _keys.StayOf(stay.Name), StringComparer.Ordinal)
                .Select(stay => stay.Name),
            found);
    }

    [Fact]
    public async Task Stay_IsFoundByItsHolderOnly_AndNotOnceTheHolderIsErased()
    {
        var name = await ArchiveAsync(Alice, 1, 10);

        Assert.Equal(name, (await _search.FindOfHolderAsync(Alice, name, [], Cancel))!.Stay.Stay.Name);
        Assert.Null(await _search.FindOfHolderAsync(Bob, name, [], Cancel));
        await _database.WriteAsync(
            db => db.ExecuteAsync("UPDATE subjects SET hidden_at = 1 WHERE holder = @Holder", new { Holder = Signed(Alice) }), Cancel);

        Assert.Null(await _search.FindOfHolderAsync(Alice, name, [], Cancel));
        Assert.Empty((await _search.OfHolderAsync(Alice, [], 50, null, Cancel)).Stays);
    }

    /// <summary>The archive has plates as hashes: it knows one again that its holder names.</summary>
    [Fact]
    public async Task Plate_IsTold_IfTheHolderHasIt()
    {
        Assert.True(Plate.TryParse("沪A12345", out var worn));
        Assert.True(Plate.TryParse("沪B00000", out var other));
        await ArchiveAsync(Alice, 1, 10, worn);

        Assert.Equal(worn, await PlateAsync([other, worn, worn]));
        Assert.Null(await PlateAsync([other]));

        async Task<Plate?> PlateAsync(Plate[] had) =>
            Assert.Single((await _search.OfHolderAsync(Alice, had, 50, null, Cancel)).Stays).Plate;
    }

    [Fact]
    public async Task Revisions_ComeInTheirOrder_AndTheLastOneNamesTheWhole()
    {
        var whole = await ArchiveAsync(Alice, 1, 10);
        var part = await ArchiveAsync(Alice, 2, 20);
        await ReviseAsync(part, 2, whole);
        await ReviseAsync(part, 1, null);

        var found = (await _search.FindOfHolderAsync(Alice, part, [], Cancel))!;

        Assert.Equal([1, 2], found.Revisions.Select(revision => revision.Revision));
        Assert.Equal(whole, found.Stay.SupersededBy);
        Assert.Equal(2, found.Stay.Last!.Revision);
        var listed = (await _search.OfHolderAsync(Alice, [], 50, null, Cancel)).Stays;
        Assert.Equal([(part, whole), (whole, null)], listed.Select(own => (own.Stay.Name, own.SupersededBy)));
    }

    /// <summary>An archive has millions of stays, and a holder some thousands of them at most.</summary>
    [Fact]
    public async Task Page_IsAnsweredByTheIndexOfHolders() => Assert.Contains(
        "stays_by_holder", await PlanAsync(
            $"""
            SELECT stay FROM stays
            WHERE holder = 7 AND ended_at IS NOT NULL AND (ended_at, stay) < (9000, 'x') AND {StaySearch.Seen}
            ORDER BY ended_at DESC, stay DESC LIMIT 51
            """),
        StringComparison.Ordinal);

    /// <summary>How the database would answer a query.</summary>
    protected abstract Task<string> PlanAsync(string query);

    private async Task<CodeId> ArchiveAsync(HolderId holder, int number, long? endedAt, Plate? plate = null)
    {
        var first = new GateEventId(new("harbour-in"), JournalId.Parse("9f2c4e1ab03d5577"), number);
        var name = _names.NameOf(holder, new VehicleSlot(1), first);
        await _database.WriteAsync(
            db => db.ExecuteAsync(
                """
                INSERT INTO stays
                  (stay, holder, vehicle, event, plate, facility, began_at, ended_at, ending, state, doubts, revision, facts)
                VALUES (@Stay, @Holder, 1, @Event, @Plate, 'harbour', 0, @EndedAt, @Ending, 1, 0, 0, @Facts)
                """,
                new
                {
                    Stay = _keys.StayOf(name),
                    Holder = Signed(holder),
                    Event = EventIdBytes.Of(first),
                    Plate = plate is { } worn ? _keys.PlateOf(worn) : null,
                    EndedAt = endedAt * 1_000_000,
                    Ending = (long)(endedAt is null ? StayEnding.Open : StayEnding.Exited),
                    Facts = Array.Empty<byte>(),
                }),
            Cancel);
        return name;
    }

    private Task<int> ReviseAsync(CodeId stay, int revision, CodeId? whole) => _database.WriteAsync(
        db => db.ExecuteAsync(
            """
            INSERT INTO stay_revisions (stay, revision, subject, recorded_at, facts, facility, ending, state, doubts, superseded_by)
            VALUES (@Stay, @Revision, 'a', 0, @Facts, 'harbour', 1, 1, 0, @Whole)
            """,
            new
            {
                Stay = _keys.StayOf(stay),
                Revision = (long)revision,
                Facts = Array.Empty<byte>(),
                Whole = whole is { } named ? _keys.StayOf(named) : null,
            }),
        Cancel);

    private static long Signed(HolderId holder) => unchecked((long)holder.Value);
}

public sealed class SqliteOwnStays() : OwnStaysContract(new SqliteUnderTest())
{
    protected override async Task<string> PlanAsync(string query) => string.Join('\n', (await Database.ReadAsync(
        db => db.QueryAsync<PlanRow>($"EXPLAIN QUERY PLAN {query}"), Cancel)).Select(row => row.Detail));

    private sealed record PlanRow
    {
        public string Detail { get; init; } = "";
    }
}

public sealed class PostgresOwnStays(SharedPostgres shared) : OwnStaysContract(new PostgresUnderTest(shared))
{
    protected override async Task<string> PlanAsync(string query) =>
        string.Join('\n', await Database.ReadAsync(db => db.QueryAsync<string>($"EXPLAIN {query}"), Cancel));
}
