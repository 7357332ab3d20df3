using System.Text.Json;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Archive.Real;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Archive;

/// <summary>What the archive has of a stay, sentence by sentence, on both databases.</summary>
public abstract class ArchiveDrainContract(SqlUnderTest sql) : IAsyncLifetime
{
    private static readonly HolderId Holder = new(0x8000_0000_0000_0001);
    private static readonly VehicleSlot Car = new(1);

    private readonly MemoryStore _store = new();
    private ISqlDatabase _database = null!;
    private DrainParts _parts = null!;
    private ArchiveDrain _drain = null!;
    private long _number;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Instant Now => _parts.Clock.Now;

    public async ValueTask InitializeAsync()
    {
        _database = await sql.OpenAsync();
        _parts = new(_store, () => _database, SampleTariffs.Stepped);
        _drain = _parts.Drain();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    [Fact]
    public async Task Stay_WhileOpen_IsARow_AndARevisionFromItsEnd()
    {
        var entry = Entry();
        await PutAsync(entry);
        await DrainAsync();
        var open = Assert.Single(await StaysAsync());
        Assert.Equal((0L, 0L, "harbour-in", null), (open.Ending, open.Revision, open.EntryGate, open.EndedAt));
        Assert.Empty(await RevisionsAsync());

        await PutAsync(Passed(entry));
        await PutAsync(Exit(Duration.FromMinutes(90)));
        await DrainAsync();

        var ended = Assert.Single(await StaysAsync());
        var revision = Assert.Single(await RevisionsAsync());
        Assert.Equal((open.Stay, 1L, (long)StayEnding.Exited), (ended.Stay, ended.Revision, ended.Ending));
        Assert.Equal(
            (ended.Stay, 1L, "harbour-in", "harbour-out"), (revision.Stay, revision.Revision, revision.EntryGate, revision.ExitGate));
        Assert.Equal((entry.OccurredAt.ToMicroseconds(), (long?)ended.EndedAt), (revision.EnteredAt!.Value, revision.EndedAt));
    }

    [Fact]
    public async Task Revision_HasTermsPriceAndWhatItWasMadeOf()
    {
        await PutAsync(Entry(new(1, VehicleClass.Car, 40, Entitlements.Of("resident"))));
        await PutAsync(Exit(Duration.FromMinutes(90)) with { Displayed = new(2500, "CNY") });
        await DrainAsync();

        var revision = Assert.Single(await RevisionsAsync());

        Assert.Equal((1, 40, "resident"), (revision.TariffVersion, revision.OccupancyPercent, revision.Entitlements));
        Assert.Equal((2500, "CNY"), (revision.Displayed, revision.DisplayedCurrency));
        Assert.Equal((2500, "CNY"), (revision.Total, revision.Currency));
        using var lines = JsonDocument.Parse(revision.Lines!);
        Assert.Equal(2500, lines.RootElement.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetDecimal()));
        Assert.Equal(DateTimeZoneProviders.Tzdb.VersionId, revision.TimeZones);
        var source = Assert.Single(await _database.ReadAsync(
            db => db.QueryAsync<(string Hash, string Kind, string Content)>("SELECT hash, kind, content FROM price_sources"), Cancel));
        Assert.Equal((revision.TariffHash, "tariff"), (source.Hash, source.Kind));
        Assert.Contains("\"stepped\"", source.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_ThatAreTheSame_MakeNoRevision_AndOtherFactsMakeOne()
    {
        var entry = Entry();
        var exit = Exit(Duration.FromHours(1));
        await PutAsync(entry);
        await PutAsync(exit);
        await DrainAsync();
        await CommitAgainAsync();
        await DrainAsync();
        Assert.Single(await RevisionsAsync());

        await PutAsync(Passed(entry));
        await PutAsync(Passed(exit));
        await DrainAsync();

        var revisions = await RevisionsAsync();
        Assert.Equal([1L, 2L], revisions.Select(revision => revision.Revision));
        Assert.Equal([(long)StayState.Provisional, (long)StayState.Settled], revisions.Select(revision => revision.State));
        Assert.Single(revisions.Select(revision => revision.Subject).Distinct());
    }

    [Fact]
    public async Task Stay_ThatIsPartOfAnother_IsSuperseded_AndOneThatDidNotHappenIsWithdrawn()
    {
        var entry = Entry();
        var exit = Exit(Duration.FromHours(1));
        await PutAsync(exit);
        await DrainAsync();
        await PutAsync(entry);
        await DrainAsync();

        var stays = (await StaysAsync()).OrderBy(stay => stay.State).ToList();
        Assert.Equal([(long)StayState.Provisional, (long)StayState.Superseded], stays.Select(stay => stay.State));
        var superseded = (await RevisionsAsync()).Where(revision => revision.Stay == stays[1].Stay).ToList();
        Assert.Equal([null, stays[0].Stay], superseded.Select(revision => revision.SupersededBy));

        await PutAsync(Act(entry, BarrierAct.BackedOut));
        await DrainAsync();

        Assert.Equal(
            [(long)StayState.Uncollectable, (long)StayState.Withdrawn],
            (await StaysAsync()).Select(stay => stay.State).Order());
    }

    [Fact]
    public async Task Stay_WhoseEventsAreGone_StaysAsItIs_AndIsUnaccountedUnlessItIsOld()
    {
        await PutAsync(Entry());
        await PutAsync(Exit(Duration.FromHours(1)));
        await DrainAsync();
        var before = Assert.Single(await StaysAsync());
        _store.Replace(MemoryStore.Contents.Empty);
        await _store.ProbeAsync(Cancel);
        await DrainAsync();

        Assert.Equal(Now.ToMicroseconds(), Assert.Single(await StaysAsync()).UnaccountedAt);
        Assert.Single(await RevisionsAsync());

        // An old one is trimmed, as all are.
        await PutAsync(Entry());
        await PutAsync(Exit(Duration.FromHours(1)));
        await DrainAsync();
        _parts.Clock.Now += Duration.FromDays(31);
        await CommitAsync(timeline => timeline.Trim(Now));
        await DrainAsync();

        Assert.Empty(TimelineOf().Events);
        var after = await StaysAsync();
        Assert.Equal([before.Stay], after.Where(stay => stay.UnaccountedAt is not null).Select(stay => stay.Stay));
        Assert.Equal([1L, 1L], after.Select(stay => stay.Revision));
    }

    [Fact]
    public async Task Timeline_ThatCannotBeRead_IsKeptAside_AndTakenOverOnceItCan()
    {
        await PutAsync(Entry());
        var good = TimelineCodec.Encode(TimelineOf());
        await _store.CommitAsync(Holder, 1, new byte[] { 0x83, 0x18, 0x63 });
        var other = new HolderId(2);
        await _store.CommitAsync(other, 0, TimelineCodec.Encode(Timeline.Empty.Add(Entry())));
        await DrainAsync();

        Assert.Equal([2L], (await StaysAsync()).Select(stay => stay.Holder));
        Assert.Empty(_store.Kept.Changed);
        Assert.Equal(
            [unchecked((long)Holder.Value)],
            await _database.ReadAsync(db => db.QueryAsync<long>("SELECT holder FROM quarantine"), Cancel));

        await _store.CommitAsync(Holder, 2, good);
        await DrainAsync();

        Assert.Equal(2, (await StaysAsync()).Count);
        Assert.Empty(await _database.ReadAsync(db => db.QueryAsync<long>("SELECT holder FROM quarantine"), Cancel));
    }

    [Fact]
    public async Task Plate_IsKeptAsAHashOfTheOneThatWasWornAtTheEntry()
    {
        Assert.True(Plate.TryParse("沪A12345", out var plate));
        _store.Accounts[Holder] = VehicleAccountDocument.Write(
            VehicleAccount.Empty.Replace([(plate, VehicleClass.Car)], Now - Duration.FromDays(1))!);
        await PutAsync(Entry());
        await DrainAsync();

        Assert.Equal(_parts.Keys.PlateOf(plate), Assert.Single(await StaysAsync()).Plate);
    }

    [Fact]
    public async Task Holder_ThatIsErased_IsHiddenAtOnce_AndForgottenWithTheLastStay()
    {
        Assert.True(Plate.TryParse("沪A12345", out var plate));
        _store.Accounts[Holder] = VehicleAccountDocument.Write(
            VehicleAccount.Empty.Replace([(plate, VehicleClass.Car)], Now - Duration.FromDays(1))!);
        await PutAsync(Entry());
        await PutAsync(Exit(Duration.FromHours(1)));
        await DrainAsync();
        await CommitAsync(timeline => timeline.Erase(Now));
        await DrainAsync();

        Assert.Equal(
            [Now.ToMicroseconds()], await _database.ReadAsync(db => db.QueryAsync<long>("SELECT hidden_at FROM subjects"), Cancel));
        Assert.Null(Assert.Single(await StaysAsync()).Plate);

        _parts.Clock.Now += Duration.FromDays(31);
        await CommitAsync(timeline => timeline.Trim(Now));
        await DrainAsync();

        Assert.Empty(await StaysAsync());
        Assert.Empty(await _database.ReadAsync(db => db.QueryAsync<long>("SELECT holder FROM subjects"), Cancel));
        Assert.Single(await RevisionsAsync());
    }

    /// <summary>The copy has events that were trimmed since, and the archive has forgotten whose they were.</summary>
    [Fact]
    public async Task Holder_ThatWasForgotten_AndComesBackWithAnOlderCopy_IsArchivedAgain_FromTheLastRevisionOn()
    {
        var (entry, exit) = (Entry(), Exit(Duration.FromHours(1)));
        await PutAsync(entry);
        await PutAsync(exit);
        await CommitAsync(timeline => timeline.Erase(Now));
        await DrainAsync();
        var stay = Assert.Single(await StaysAsync());
        var copy = _store.Kept;
        await ForgetAsync();

        _store.Replace(copy);
        await _store.ProbeAsync(Cancel);
        await DrainAsync();

        Assert.Equal((stay.Stay, 1L, stay.State), Single(await StaysAsync()));
        Assert.Single(await RevisionsAsync());
        await PutAsync(Passed(entry));
        await PutAsync(Passed(exit));
        await DrainAsync();
        Assert.Equal([1L, 2L], (await RevisionsAsync()).Select(revision => revision.Revision));
        await ForgetAsync();
        Assert.Equal([stay.Stay], await _database.ReadAsync(db => db.QueryAsync<string>("SELECT stay FROM forgotten_stays"), Cancel));

        async Task ForgetAsync()
        {
            _parts.Clock.Now += Duration.FromDays(31);
            await CommitAsync(timeline => timeline.Trim(Now));
            await DrainAsync();
            Assert.Empty(await StaysAsync());
        }

        static (string Stay, long Revision, long State) Single(IReadOnlyList<StayRow> rows)
        {
            var row = Assert.Single(rows);
            return (row.Stay, row.Revision, row.State);
        }
    }

    private static ScanEvent Scan(long seq, GateDirection direction, Instant at) => new()
    {
        Id = new(new(direction == GateDirection.Entry ? "harbour-in" : "harbour-out"), new(1), seq),
        Facility = new("harbour"),
        Direction = direction,
        DeviceTime = at,
        ClockOffset = Duration.Zero,
        Code = new(EventIdBytes.Of(new(new(""), new((ulong)direction), seq))),
        Vehicle = Car,
        Decision = new(direction == GateDirection.Entry ? ScanReason.Entered : ScanReason.Exited, at),
        Sent = new((ulong)seq),
    };

    private ScanEvent Entry(EntryTerms? terms = null) => Scan(++_number, GateDirection.Entry, Now) with { Terms = terms };

    private ScanEvent Exit(Duration after) => Scan(++_number, GateDirection.Exit, Now + after);

    private ActEvent Passed(ScanEvent scan) => Act(scan, BarrierAct.Passed);

    private ActEvent Act(ScanEvent scan, BarrierAct act) => new()
    {
        Id = scan.Id with { Seq = 1000 + ++_number },
        Facility = scan.Facility,
        DeviceTime = scan.DeviceTime,
        ClockOffset = Duration.Zero,
        Act = act,
        Scan = scan.Id,
        TakenInAt = scan.DeviceTime,
    };

    private Timeline TimelineOf() => TimelineCodec.Decode(_store.Kept.Timelines.GetValueOrDefault(Holder).Content);

    private Task PutAsync(GateEvent added) => CommitAsync(timeline => timeline.Add(added));

    private Task CommitAgainAsync() => CommitAsync(timeline => timeline);

    private async Task CommitAsync(Func<Timeline, Timeline> change) => Assert.True(await _store.CommitAsync(
        Holder, _store.Kept.Timelines.GetValueOrDefault(Holder).Version, TimelineCodec.Encode(change(TimelineOf()))));

    private async Task DrainAsync()
    {
        while ((await _drain.DrainAsync(Cancel)).DidSomething)
        {
        }
    }

    private Task<IReadOnlyList<StayRow>> StaysAsync() => _database.ReadAsync(
        db => db.QueryAsync<StayRow>($"SELECT {StayRow.Columns} FROM stays ORDER BY began_at, stay"), Cancel);

    private Task<IReadOnlyList<RevisionRow>> RevisionsAsync() => _database.ReadAsync(
        db => db.QueryAsync<RevisionRow>("SELECT * FROM stay_revisions ORDER BY stay, revision"), Cancel);
}

public sealed class SqliteArchiveDrain() : ArchiveDrainContract(new SqliteUnderTest());

public sealed class PostgresArchiveDrain(SharedPostgres shared) : ArchiveDrainContract(new PostgresUnderTest(shared));
