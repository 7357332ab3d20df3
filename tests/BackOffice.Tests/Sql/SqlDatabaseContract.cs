using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Sql;

/// <summary>What both databases of the back office do alike.</summary>
public abstract class SqlDatabaseContract(SqlUnderTest sql) : IAsyncDisposable
{
    private const string Add = "INSERT INTO quarantine (holder, reason, since) VALUES (@Holder, @Reason, @Since)";
    private const string Count = "SELECT COUNT(*) FROM quarantine";

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    [Fact]
    public async Task Write_IsThere_ForOthersAndAfterwards()
    {
        var one = await sql.OpenAsync();
        await one.WriteAsync(db => db.ExecuteAsync(Add, new Row(1, "a", 10)), Cancel);
        var other = await sql.OpenAsync();

        Assert.Equal([new Row(1, "a", 10)], await RowsAsync(other));
    }

    [Fact]
    public async Task Write_ThatThrows_LeavesNothingBehind_AndTheOthersStay()
    {
        var database = await sql.OpenAsync();
        var steps = Enumerable.Range(1, 20).Select(n => database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(Add, new Row(n, "x", n));
                return n % 2 == 0 ? n : throw new InvalidOperationException();
            },
            Cancel)).ToList();
        foreach (var step in steps.Where((_, i) => i % 2 == 0))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => step);
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(n => 2 * n), await Task.WhenAll(steps.Where((_, i) => i % 2 == 1)));
        Assert.Equal(Enumerable.Range(1, 10).Select(n => 2L * n), (await RowsAsync(database)).Select(row => row.Holder));
    }

    [Fact]
    public async Task Many_SayOfEachHowManyRowsItChanged()
    {
        var database = await sql.OpenAsync();
        Row[] rows = [new(1, "a", 1), new(2, "b", 2), new(1, "c", 3)];

        var changed = await database.WriteAsync(db => db.ExecuteManyAsync($"{Add} ON CONFLICT DO NOTHING", rows), Cancel);

        Assert.Equal([1, 1, 0], changed);
        Assert.Equal(rows[..2], await RowsAsync(database));
        Assert.Empty(await database.WriteAsync(db => db.ExecuteManyAsync<Row>(Add, []), Cancel));
    }

    /// <summary>Nulls, bytes and texts of any kind come back as they were.</summary>
    [Fact]
    public async Task Insert_AddsAllRows_AndDoesWhatItIsToldWithThoseThatAreThere()
    {
        var database = await sql.OpenAsync();
        const string Change = "ON CONFLICT (holder) DO UPDATE SET reason = excluded.reason";
        Held[] subjects = [new(1, """'; \ "{a,b}" NULL 停车""", 7, null), new(2, "", long.MinValue, 5)];

        await database.WriteAsync(
            async db =>
            {
                await db.InsertAsync("quarantine", "holder, reason, since", new Row[] { new(1, "a", 1), new(2, "b", 2) });
                await db.InsertAsync("quarantine", "holder, reason, since", new Row[] { new(2, "c", 3), new(3, "d", 4) }, Change);
                await db.InsertAsync<Row>("quarantine", "holder, reason, since", []);
                await db.InsertAsync("subjects", "holder, subject, content, hidden_at", subjects);
                return true;
            },
            Cancel);

        Assert.Equal([new Row(1, "a", 1), new(2, "c", 2), new(3, "d", 4)], await RowsAsync(database));
        Assert.Equal(subjects, await database.ReadAsync(
            db => db.QueryAsync<Held>("SELECT holder, subject, content, hidden_at FROM subjects ORDER BY holder"), Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => database.WriteAsync(
            async db =>
            {
                await db.InsertAsync("quarantine", "holder, reason, since", new Row[] { new(4, "e", 5), new(3, "f", 6) });
                return true;
            },
            Cancel));
        Assert.Equal(3, (await RowsAsync(database)).Count);
    }

    [Fact]
    public async Task Read_CannotWrite()
    {
        var database = await sql.OpenAsync();
        await RowsAsync(database);

        await Assert.ThrowsAnyAsync<Exception>(() => database.ReadAsync(db => db.ExecuteAsync(Add, new Row(1, "a", 1)), Cancel));

        Assert.Empty(await RowsAsync(database));
    }

    [Fact]
    public async Task Read_SeesOneMoment_WhateverIsWrittenMeanwhile()
    {
        var database = await sql.OpenAsync();
        await database.WriteAsync(db => db.ExecuteAsync(Add, new Row(1, "a", 1)), Cancel);

        var (first, second) = await database.ReadAsync(
            async db =>
            {
                var before = await db.QueryAsync<long>(Count);
                await database.WriteAsync(other => other.ExecuteAsync(Add, new Row(2, "b", 1)), Cancel);
                return (before, await db.QueryAsync<long>(Count));
            },
            Cancel);

        Assert.Equal(first, second);
        Assert.Equal(2, (await RowsAsync(database)).Count);
    }

    [Fact]
    public async Task Swaps_OfOneRow_AreWonByOne()
    {
        var database = await sql.OpenAsync();
        var other = await sql.OpenAsync();
        await database.WriteAsync(db => db.ExecuteAsync(Add, new Row(1, "a", 0)), Cancel);

        var won = await Task.WhenAll(Enumerable.Range(1, 16).Select(n => (n % 2 == 0 ? database : other).WriteAsync(
            db => db.ExecuteAsync("UPDATE quarantine SET since = @n WHERE holder = 1 AND since = 0", new { n }), Cancel)));

        Assert.Equal(1, won.Sum());
    }

    [Theory]
    [InlineData("UPDATE price_sources SET kind = 'b'")]
    [InlineData("DELETE FROM price_sources")]
    [InlineData("INSERT INTO price_sources (hash, kind, content) VALUES ('h', 'b', 'c') ON CONFLICT (hash) DO UPDATE SET kind = 'b'")]
    public async Task History_StaysAsItIs(string change)
    {
        var database = await sql.OpenAsync();
        await database.WriteAsync(
            db => db.ExecuteAsync("INSERT INTO price_sources (hash, kind, content) VALUES ('h', 'a', 'c')"), Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => database.WriteAsync(db => db.ExecuteAsync(change), Cancel));

        Assert.Equal(
            ["a"], await database.ReadAsync(db => db.QueryAsync<string>("SELECT kind FROM price_sources"), Cancel));
    }

    [Fact]
    public async Task Tables_OfANewerVersion_AreRefusedAndLeftAlone()
    {
        var database = await sql.OpenAsync();
        await RowsAsync(database);
        await sql.ExecuteAsOwnerAsync("INSERT INTO migrations (scriptname, applied) VALUES ('9999_from_the_future', CURRENT_TIMESTAMP)");

        var error = await Assert.ThrowsAsync<BackOfficeUnavailableException>(async () => await RowsAsync(await sql.OpenAsync()));

        Assert.Contains("9999_from_the_future", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_PutBack_HasWhatItHad()
    {
        await (await sql.OpenAsync()).WriteAsync(db => db.ExecuteAsync(Add, new Row(1, "a", 1)), Cancel);
        await sql.CopyAsync("yesterday");
        await (await sql.OpenAsync()).WriteAsync(db => db.ExecuteAsync(Add, new Row(2, "b", 2)), Cancel);

        await sql.RestoreAsync("yesterday");

        Assert.Equal([new Row(1, "a", 1)], await RowsAsync(await sql.OpenAsync()));
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<IReadOnlyList<Row>> RowsAsync(ISqlDatabase database) => database.ReadAsync(
        db => db.QueryAsync<Row>("SELECT holder, reason, since FROM quarantine ORDER BY holder"), Cancel);

    private sealed record Row(long Holder, string Reason, long Since);

    private sealed record Held(long Holder, string Subject, long Content, long? HiddenAt);
}
