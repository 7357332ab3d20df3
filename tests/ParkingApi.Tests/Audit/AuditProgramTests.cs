using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Audit;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Audit;

/// <summary>The program that auditors run: <c>audit verify</c>.</summary>
public sealed class AuditProgramTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As an operator runs it, beside the service: it finds the live store's head by itself.</summary>
    [Fact]
    public async Task Program_SaysWhetherTheChainIsAsItWasWritten()
    {
        using var app = new ParkingApplication();
        await CloseAsync(app, "hsp", "yuyuan", "jingan-temple");
        await app.Services.GetRequiredService<AuditService>().CatchUpAsync(Cancellation);
        var (intact, said) = await RunAsync(app, "verify");
        Assert.Equal(0, intact);
        Assert.Contains("6 entries verified; 2 signed heads agree; 0 details were erased.", said, StringComparison.Ordinal);

        // Three acts, and the outcome of the last is cut off with everything in the database that tells of it.
        Tamper(
            app,
            "DROP TRIGGER audit_entries_append_only_delete; DROP TRIGGER audit_heads_append_only_delete;"
            + "DELETE FROM audit_entries WHERE sequence = 6; DELETE FROM audit_heads;"
            + "UPDATE audit_tail SET sequence = 5, hash = (SELECT hash FROM audit_entries WHERE sequence = 5)");
        var (broken, found) = await RunAsync(app, "verify");

        Assert.Equal(1, broken);
        Assert.Contains("CutOff: The end was cut off: the entries 6 to 6 were there", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WithoutTheTables_SaysThatItCannotVerify()
    {
        using var app = new ParkingApplication();
        await CloseAsync(app, "hsp");
        Tamper(app, "DROP TABLE audit_heads");

        var (exit, said) = await RunAsync(app, "verify");

        Assert.Equal(2, exit);
        Assert.Contains("no such table: audit_heads", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WithoutABackOffice_MakesNone()
    {
        using var app = new ParkingApplication();

        var (exit, said) = await RunAsync(app, "verify");

        Assert.Equal(2, exit);
        Assert.Contains("There is no back office", said, StringComparison.Ordinal);
        Assert.False(File.Exists(app.PathOf("backoffice.db")));
    }

    [Theory]
    [InlineData(0, "Usage:")]
    [InlineData(0, "Usage:", "help")]
    [InlineData(2, "Usage:", "check")]
    [InlineData(0, "-----BEGIN PUBLIC KEY-----", "key")]
    [InlineData(2, "--head is unknown here, or lacks its value", "verify", "--head")]
    [InlineData(2, "--what is unknown here", "verify", "--what", "x")]
    [InlineData(0, "entries verified", "verify", "--Data:Folder=x", "--environment", "Development", "--known", "3")]
    [InlineData(2, "--known 99999999999999999999 is no number of an entry", "verify", "--known", "99999999999999999999")]
    [InlineData(2, "no-such-file", "verify", "--key", "no-such-file")]
    public async Task Program_SaysWhatItNeeds(int code, string text, params string[] args)
    {
        await CloseAsync(shared.App, "hsp");

        var (exit, said) = await RunAsync(shared.App, args);

        Assert.Equal(code, exit);
        Assert.Contains(text, said, StringComparison.Ordinal);
    }

    private static async Task CloseAsync(ParkingApplication app, params string[] facilities)
    {
        using var people = app.OperatorClient();
        foreach (var facility in facilities)
        {
            (await people.PutAsJsonAsync(
                $"/v1/facilities/{facility}/state", new FacilityStateRequest { Closed = true }, ContractJson.Options, Cancellation))
                .EnsureSuccessStatusCode();
        }
    }

    private static void Tamper(ParkingApplication app, string statements)
    {
        using var connection = new SqliteConnection($"Data Source={app.PathOf("backoffice.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(ParkingApplication app, params string[] args)
    {
        using var text = new StringWriter();
        return (await AuditProgram.RunAsync(["audit", .. args], app.Services, text, text), text.ToString());
    }
}
