using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Sql;

public sealed class PostgresBackOfficeTests : SqlDatabaseContract
{
    private readonly PostgresUnderTest _sql;

    public PostgresBackOfficeTests(SharedPostgres shared)
        : this(new PostgresUnderTest(shared))
    {
    }

    private PostgresBackOfficeTests(PostgresUnderTest sql)
        : base(sql) => _sql = sql;

    [Theory]
    [InlineData("UPDATE price_sources SET kind = 'b'")]
    [InlineData("DELETE FROM price_sources")]
    [InlineData("TRUNCATE price_sources")]
    [InlineData("ALTER TABLE price_sources DISABLE TRIGGER ALL")]
    [InlineData("INSERT INTO migrations (scriptname, applied) VALUES ('x', now())")]
    public async Task Role_OfTheService_HasNoRightTo(string statement)
    {
        var database = await _sql.OpenAsync();
        await database.WriteAsync(_ => Task.FromResult(true), Cancel);
        var (server, name) = await _sql.GetAsync();
        await using var connection = new NpgsqlConnection($"{server.ServicesConnection(name)};Pooling=false;Search Path=backoffice");
        await connection.OpenAsync(Cancel);

        var error = await Assert.ThrowsAsync<PostgresException>(
            () => new NpgsqlCommand(statement, connection).ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task Role_ThatOwnsTheTables_IsHeldByTriggers()
    {
        var (server, name) = await _sql.GetAsync();
        using var database = new PostgresBackOffice(server.OwnersConnection(name), null, NullLogger<PostgresBackOffice>.Instance);
        await database.WriteAsync(
            db => db.ExecuteAsync("INSERT INTO price_sources (hash, kind, content) VALUES ('h', 'a', 'c')"), Cancel);

        foreach (var change in new[] { "UPDATE price_sources SET kind = 'b'", "DELETE FROM price_sources", "TRUNCATE price_sources" })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => database.WriteAsync(db => db.ExecuteAsync(change), Cancel));
            Assert.Contains("append-only", error.MessageText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Outage_EndsByItself()
    {
        var (server, name) = await _sql.GetAsync();
        var database = await _sql.OpenAsync();
        await database.WriteAsync(_ => Task.FromResult(true), Cancel);

        await server.SetReachableAsync(name, false);
        for (var n = 0; n < 3; n++)
        {
            // First the connection is cut, then none is made.
            await Assert.ThrowsAsync<BackOfficeUnavailableException>(() => database.WriteAsync(_ => Task.FromResult(true), Cancel));
            await Assert.ThrowsAsync<BackOfficeUnavailableException>(() => database.ReadAsync(_ => Task.FromResult(true), Cancel));
        }

        await server.SetReachableAsync(name, true);

        Assert.True(await database.WriteAsync(_ => Task.FromResult(true), Cancel));
    }

    [Fact]
    public async Task Instances_ThatStartTogether_MakeTheTablesOnce()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _sql.OpenAsync()));

        Assert.All(await Task.WhenAll(instances.Select(one => one.WriteAsync(_ => Task.FromResult(true), Cancel))), Assert.True);
    }
}
