using Parking.BackOffice.Archive;
using Parking.BackOffice.Cases;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Archive.Real;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.Stays;

namespace Parking.BackOffice.Tests.Cases;

/// <summary>Two holders with archived stays, and what people do about them.</summary>
public abstract class CaseContract(SqlUnderTest sql) : IAsyncLifetime
{
    protected static readonly HolderId Alice = new(0x8000_0000_0000_0001), Bob = new(2);

    private readonly StayNames _names = new(new CodeSeal(new byte[CodeSeal.KeySize]));
    private readonly ArchiveKeys _keys = new(new byte[32]);
    private int _step;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected SettableClock Clock { get; } = new();

    protected SqlUnderTest Sql => sql;

    protected ISqlDatabase Database { get; private set; } = null!;

    protected CaseBook Cases { get; private set; } = null!;

    protected CaseSearch Search { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await sql.OpenAsync();
        Cases = BookOn(Database);
        Search = new(Database, _names, _keys);
        await Database.WriteAsync(
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

    protected CaseBook BookOn(ISqlDatabase database) => new(database, _names, _keys, Clock);

    /// <summary>A name for a step, another one each time.</summary>
    protected string NewStep() => $"01JTCWB2X0S3K7N5Q8V1{Interlocked.Increment(ref _step):D6}";

    /// <summary>Archives a stay, and returns its public name.</summary>
    protected async Task<CodeId> ArchiveAsync(HolderId holder, int number, string facility = "harbour")
    {
        var first = new GateEventId(new("harbour-in"), JournalId.Parse("9f2c4e1ab03d5577"), number);
        var name = _names.NameOf(holder, new VehicleSlot(1), first);
        await Database.WriteAsync(
            db => db.ExecuteAsync(
                """
                INSERT INTO stays (stay, holder, vehicle, event, facility, began_at, ending, state, doubts, revision, facts)
                VALUES (@Stay, @Holder, 1, @Event, @Facility, 0, 0, 1, 0, 0, @Facts)
                """,
                new
                {
                    Stay = _keys.StayOf(name),
                    Holder = Signed(holder),
                    Event = EventIdBytes.Of(first),
                    Facility = facility,
                    Facts = Array.Empty<byte>(),
                }),
            Cancel);
        return name;
    }

    protected async Task<CaseRecord> ReviewAsync(CodeId stay, string? assignee = null) =>
        DoneIn(await Cases.OpenReviewAsync(NewStep(), stay, "the exit is missing", assignee, "li-na"));

    protected Task<CaseResult> DisputeAsync(HolderId holder, CodeId stay, string? step = null, string text = "I left at noon") =>
        Cases.OpenDisputeAsync(step ?? NewStep(), holder, stay, DisputeReason.Times, text);

    protected Task<CaseResult> AnswerAsync(CaseRecord seen, string text = "corrected", string staff = "wang", string? step = null) =>
        Cases.DoAsync(seen.Number, new(step ?? NewStep(), CaseChange.Answered, seen.Version, staff, text));

    protected static CaseRecord DoneIn(CaseResult result)
    {
        Assert.Equal(CaseOutcome.Done, result.Outcome);
        return result.Case!;
    }

    protected async Task<IReadOnlyList<long>> NumbersAsync(
        CaseState? state = null,
        CaseKind? kind = null,
        string? assignee = null,
        CodeId? stay = null,
        string[]? facilities = null) =>
        [
            .. (await Search.PageAsync(new(facilities, state, kind, assignee, stay, null, 50), Cancel)).Cases
                .Select(found => found.Number.Value),
        ];

    private static long Signed(HolderId holder) => unchecked((long)holder.Value);
}
