using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Archive;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Archive;

/// <summary>
/// The archive's database cannot be used for an hour in which vehicles come and go. Gates notice nothing, people can be let out, and
/// afterwards the archive has what the drivers' books have.
/// </summary>
public abstract class ArchiveAway
{
    private const int Minutes = 60;

    /// <summary>How long each driver stays.</summary>
    private const int StayMinutes = 20;

    private readonly List<ScanAnswer> _exits = [];
    private long _seq;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HourWithoutTheArchive_IsNoticedByNobody_AndCaughtUpWith()
    {
        using var app = await StartAsync();
        await TrafficAsync(app, "early", StayMinutes + 5);
        await DrainAsync(app);
        var before = await ArchivedAsync(app);

        await LoseAsync();
        await TrafficAsync(app, "meanwhile", Minutes);
        await LetOutAsync(app, "hsp-out-1");
        using (var anybody = app.AnonymousClient())
        {
            var health = await anybody.GetStringAsync("/health/ready", Cancellation);
            Assert.Contains("The archive is out of reach", health, StringComparison.Ordinal);
        }

        await FindAsync();
        Assert.Equal(before, await ArchivedAsync(app));
        await DrainAsync(app);

        var expected = await BooksAsync(app);
        Assert.Equal(StayMinutes + 5 + Minutes, expected.Count);
        Assert.Equal(5 + Minutes - StayMinutes, _exits.Count);
        Assert.Equal(expected, await ArchivedAsync(app));
    }

    /// <summary>Starts the service on a database that it can use.</summary>
    private protected abstract Task<ParkingApplication> StartAsync();

    protected abstract Task LoseAsync();

    protected abstract Task FindAsync();

    private static Task DrainAsync(ParkingApplication app) => app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);

    /// <summary>A driver comes in each minute and leaves after a while, and the drain does what it can.</summary>
    private async Task TrafficAsync(ParkingApplication app, string who, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            var entered = await app.DriveAsync("hsp-in-1", $"{who}-{minute}", ++_seq);
            Assert.Equal((GateDecision.Open, ScanReason.Entered), (entered.Decision, entered.Reason));
            if (minute >= StayMinutes)
            {
                var left = await app.DriveAsync("hsp-out-1", $"{who}-{minute - StayMinutes}", ++_seq);
                Assert.Equal((GateDecision.Open, ScanReason.Exited), (left.Decision, left.Reason));
                Assert.NotNull(left.Fee);
                _exits.Add(left);
            }

            app.Time.Advance(TimeSpan.FromMinutes(1));
            await DrainAsync(app);
        }
    }

    private static async Task LetOutAsync(ParkingApplication app, string gate)
    {
        const string journal = "00000000000000c0";
        var now = Instant.FromDateTimeOffset(app.Time.GetUtcNow());
        var asked = new GateCommandRequest { Id = $"{Ulids.At(now)}", Command = BarrierCommand.OpenOnce, Reason = "phone is broken" };
        using var people = app.OperatorClient();
        using var lane = app.GateClient(gate);
        (await people.PostAsJsonAsync($"/v1/gates/{gate}/commands", asked, ContractJson.Options, Cancellation)).EnsureSuccessStatusCode();
        var waiting = await lane.GetFromJsonAsync<GateCommandList>($"/v1/gates/{gate}/commands", GateProtocolJson.Options, Cancellation);
        Assert.Equal(asked.Id, Assert.Single(waiting!.Commands).Id);
        var claim = await lane.PostAsJsonAsync(
            $"/v1/gates/{gate}/commands/{asked.Id}/claims", new CommandClaim { Journal = journal, Seq = 1 }, GateProtocolJson.Options,
            Cancellation);
        Assert.True((await claim.Content.ReadFromJsonAsync<CommandClaimAnswer>(GateProtocolJson.Options, Cancellation))!.Granted);
        var upload = new EventUpload
        {
            Journal = journal,
            Events =
            [
                new ReportedCommand { Seq = 1, DeviceTime = now, Command = asked.Id, Step = CommandStep.Claimed },
                new ReportedAct
                {
                    Seq = 2,
                    DeviceTime = now,
                    Act = BarrierAct.OpenedByHand,
                    Reason = asked.Reason,
                    Command = asked.Id,
                },
            ],
        };
        (await lane.PostAsJsonAsync($"/v1/gates/{gate}/events", upload, GateProtocolJson.Options, Cancellation)).EnsureSuccessStatusCode();
        var ended = await people.GetFromJsonAsync<GateCommandAnswer>(
            $"/v1/gates/{gate}/commands/{asked.Id}", ContractJson.Options, Cancellation);
        Assert.Equal(GateCommandState.Obeyed, ended!.State);
    }

    /// <summary>The archived stays, each in one line, sorted.</summary>
    private static async Task<IReadOnlyList<string>> ArchivedAsync(ParkingApplication app)
    {
        using var people = app.OperatorClient();
        var page = await people.GetFromJsonAsync<ArchivedStaysAnswer>(
            "/v1/archive/stays?facility=hsp&limit=200", ContractJson.Options, Cancellation);
        Assert.Null(page!.Next);
        var lines = new List<string>();
        foreach (var stay in page.Stays)
        {
            var whole = await people.GetFromJsonAsync<ArchivedStayAnswer>(
                $"/v1/archive/stays/{stay.Id}", ContractJson.Options, Cancellation);
            var fee = whole!.Revisions.Count > 0 ? whole.Revisions[^1].Total : null;
            lines.Add($"{stay.Id} {stay.EnteredAt} {stay.EndedAt} {stay.Ending} {stay.State} {stay.Revision} {fee}");
        }

        return [.. lines.Order()];
    }

    /// <summary>
    /// The stays in the drivers' own books, each in the same line. Nothing is amended here, so who has left has one revision.
    /// </summary>
    private static async Task<IReadOnlyList<string>> BooksAsync(ParkingApplication app)
    {
        var lines = new List<string>();
        var drivers = Enumerable.Range(0, StayMinutes + 5).Select(n => $"early-{n}")
            .Concat(Enumerable.Range(0, Minutes).Select(n => $"meanwhile-{n}"));
        foreach (var driver in drivers)
        {
            using var phone = app.CitizenClient(driver);
            var list = await phone.GetFromJsonAsync<MyStaysAnswer>("/v1/me/stays", ContractJson.Options, Cancellation);
            var stay = Assert.Single(list!.Open.Concat(list.Recent));
            var (revisions, fee) = stay.EndedAt is null ? (0, null) : (1, stay.Quote?.Total);
            lines.Add($"{stay.Id} {stay.EnteredAt} {stay.EndedAt} {stay.Ending} {stay.State} {revisions} {fee}");
        }

        return [.. lines.Order()];
    }
}

/// <summary>The folder with the file is moved away, as a disk that fails is.</summary>
public sealed class SqliteArchiveAway : ArchiveAway, IDisposable
{
    private readonly TempFolder _folder = new();

    private string Home => _folder.PathOf("archive");

    private string Elsewhere => _folder.PathOf("elsewhere");

    public void Dispose() => _folder.Dispose();

    private protected override Task<ParkingApplication> StartAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let an open file be moved.");
        var app = new ParkingApplication();
        Directory.CreateDirectory(Home);
        File.CreateSymbolicLink(app.PathOf("backoffice.db"), Path.Combine(Home, "backoffice.db"));
        return Task.FromResult(app);
    }

    protected override Task LoseAsync()
    {
        Directory.Move(Home, Elsewhere);
        return Task.CompletedTask;
    }

    protected override Task FindAsync()
    {
        Directory.Move(Elsewhere, Home);
        return Task.CompletedTask;
    }
}

/// <summary>The server lets nobody connect to the database.</summary>
public sealed class PostgresArchiveAway(SharedPostgres shared) : ArchiveAway
{
    private string? _database;

    private protected override async Task<ParkingApplication> StartAsync()
    {
        var server = await shared.GetAsync();
        _database = await server.CreateDatabaseAsync();
        return new(
            ("BackOffice:Postgres", server.ServicesConnection(_database)),
            ("BackOffice:PostgresOwner", server.OwnersConnection(_database)));
    }

    protected override async Task LoseAsync() => await (await shared.GetAsync()).SetReachableAsync(_database!, false);

    protected override async Task FindAsync() => await (await shared.GetAsync()).SetReachableAsync(_database!, true);
}
