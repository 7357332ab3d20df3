using NodaTime;
using Parking.Accounts;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stays;
using Parking.Tariffs;
using Parking.Tariffs.Quotes;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>Finds archived stays. Those of holders that were erased are not found.</summary>
/// <remarks>
/// Each search is answered by one index, and goes on where the page before ended: pages are never counted from the start.
/// </remarks>
public sealed partial class StaySearch(ISqlDatabase sql, StayNames names, ArchiveKeys keys)
{
    /// <summary>The condition that a row of <c>stays</c> is of a holder who was not erased.</summary>
    internal const string Seen =
        "NOT EXISTS (SELECT 1 FROM subjects WHERE subjects.holder = stays.holder AND subjects.hidden_at IS NOT NULL)";

    /// <summary>With a plus sign, so that the index of states does not answer it: the time's does.</summary>
    private static readonly string Passed = $"facility = @Facility AND +state < {(int)StayState.Superseded}";

    /// <summary>A stay by its public name, with its revisions; null if there is none.</summary>
    public Task<ArchivedHistory?> FindAsync(CodeId name, CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var stay = keys.StayOf(name);
            var found = await db.QueryAsync<StayRow>($"SELECT {StayRow.Columns} FROM stays WHERE stay = @stay AND {Seen}", new { stay });
            return found is [var row]
                ? new ArchivedHistory(
                    Describe(row),
                    [.. (await RevisionsAsync(db, stay)).Select(Describe)])
                : null;
        },
        cancellationToken);

    /// <summary>The stays of a vehicle that had this plate at their beginning, oldest first.</summary>
    public Task<ArchivePage> ByPlateAsync(Plate plate, ArchiveRange range, CancellationToken cancellationToken) =>
        PageAsync("began_at", "plate = @Plate", new { Plate = keys.PlateOf(plate) }, range, cancellationToken);

    /// <summary>The stays of those who came in, or left, at a gate within a time, oldest first.</summary>
    public Task<ArchivePage> ByGateAsync(Gate gate, ArchiveRange range, CancellationToken cancellationToken) =>
        gate.Direction == GateDirection.Entry
            ? PageAsync("entered_at", "entry_gate = @Gate", new { Gate = gate.Id.Value }, range, cancellationToken)
            : PageAsync("ended_at", "exit_gate = @Gate", new { Gate = gate.Id.Value }, range, cancellationToken);

    /// <summary>The stays at a facility that began within a time, oldest first; null for <paramref name="state"/>: in any state.</summary>
    public Task<ArchivePage> ByFacilityAsync(
        FacilityId facility, StayState? state, ArchiveRange range, CancellationToken cancellationToken) => PageAsync(
        "began_at",
        state is null ? "facility = @Facility" : "facility = @Facility AND state = @State",
        new { Facility = facility.Value, State = (long?)state },
        range,
        cancellationToken);

    /// <summary>The stays of those who were seen to come in at a facility, or to leave it, within a time, oldest first.</summary>
    public Task<ArchivePage> ByPassageAsync(
        FacilityId facility, GateDirection direction, ArchiveRange range, CancellationToken cancellationToken) =>
        direction == GateDirection.Entry
            ? PageAsync("began_at", $"{Passed} AND entered_at IS NOT NULL", new { Facility = facility.Value }, range, cancellationToken)
            : PageAsync(
                "ended_at",
                $"{Passed} AND ending IN ({(int)StayEnding.Exited}, {(int)StayEnding.MissedEntry})",
                new { Facility = facility.Value },
                range,
                cancellationToken);

    /// <summary>The open stays of a facility, oldest first.</summary>
    public Task<ArchivePage> OpenAsync(FacilityId facility, ArchiveRange range, CancellationToken cancellationToken) => PageAsync(
        "began_at",
        $"facility = @Facility AND ending = {(int)StayEnding.Open} AND state < {(int)StayState.Superseded}",
        new { Facility = facility.Value },
        range,
        cancellationToken);

    private Task<ArchivePage> PageAsync(
        string time, string condition, object values, ArchiveRange range, CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var parameters = new Dapper.DynamicParameters(values);
            parameters.Add("From", range.From.ToMicroseconds());
            parameters.Add("To", range.To.ToMicroseconds());
            parameters.Add("At", range.After?.At.ToMicroseconds() ?? long.MinValue);
            parameters.Add("Stay", range.After?.Stay ?? "");
            parameters.Add("Limit", range.Limit + 1);
            var rows = await db.QueryAsync<StayRow>(
                $"""
                SELECT {StayRow.Columns} FROM stays
                WHERE {condition} AND {time} >= @From AND {time} < @To AND ({time}, stay) > (@At, @Stay) AND {Seen}
                ORDER BY {time}, stay LIMIT @Limit
                """,
                parameters);
            var last = rows.Count > range.Limit ? rows[range.Limit - 1] : null;
            return new ArchivePage(
                [.. rows.Take(range.Limit).Select(Describe)],
                last is null ? null : new(SqlTime.FromMicroseconds(time switch
                {
                    "entered_at" => last.EnteredAt!.Value,
                    "ended_at" => last.EndedAt!.Value,
                    _ => last.BeganAt,
                }), last.Stay));
        },
        cancellationToken);

    private ArchivedStay Describe(StayRow row) => new(
        names.NameOf(row.Holder, row.Vehicle, row.Event),
        new(row.Facility),
        row.EntryGate is { } entry ? new GateId(entry) : null,
        row.ExitGate is { } exit ? new GateId(exit) : null,
        At(row.EnteredAt),
        At(row.EndedAt),
        (StayEnding)row.Ending,
        (StayState)row.State,
        (StayDoubts)row.Doubts,
        (int)row.Revision,
        At(row.UnaccountedAt));

    private static ArchivedRevision Describe(RevisionRow row) => new(
        (int)row.Revision,
        SqlTime.FromMicroseconds(row.RecordedAt),
        At(row.EnteredAt),
        At(row.EarliestEntry),
        At(row.EndedAt),
        At(row.LatestExit),
        (StayEnding)row.Ending,
        (StayState)row.State,
        (StayDoubts)row.Doubts,
        row.Total,
        row.Currency,
        row.Lines is { } lines ? PriceSources.ReadLines(lines) : null,
        row.Displayed,
        row.TariffVersion is { } version ? (int)version : null,
        row.TariffHash,
        row.CalendarHash,
        row.TimeZones);

    private static Instant? At(long? microseconds) => microseconds is { } known ? SqlTime.FromMicroseconds(known) : null;
}

/// <summary>Which part of what is found to return.</summary>
/// <param name="From">The earliest time.</param>
/// <param name="To">The first time that is too late.</param>
/// <param name="Limit">At most how many stays.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record ArchiveRange(Instant From, Instant To, int Limit, ArchiveCursor? After = null);

/// <summary>Where a page ended.</summary>
/// <param name="At">The time of its last stay.</param>
/// <param name="Stay">The archive's name of that stay.</param>
public sealed record ArchiveCursor(Instant At, string Stay);

/// <summary>Some stays, and where the next ones begin; null if there are no more.</summary>
public sealed record ArchivePage(IReadOnlyList<ArchivedStay> Stays, ArchiveCursor? Next);

/// <summary>A stay as it is now, or as it was when the archive last heard of it.</summary>
/// <param name="Name">Its public name.</param>
/// <param name="Facility">Where it was.</param>
/// <param name="EntryGate">Null if nobody saw the entry.</param>
/// <param name="ExitGate">Null if nobody saw the exit.</param>
/// <param name="EnteredAt">Null if nobody saw the entry.</param>
/// <param name="EndedAt">Null while it is open.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="State">How far it can be trusted.</param>
/// <param name="Doubts">Why a person should look at it.</param>
/// <param name="Revision">Its last revision; 0 if it never ended.</param>
/// <param name="UnaccountedAt">When its events were found to be gone, although it is not old; null otherwise.</param>
public sealed record ArchivedStay(
    CodeId Name,
    FacilityId Facility,
    GateId? EntryGate,
    GateId? ExitGate,
    Instant? EnteredAt,
    Instant? EndedAt,
    StayEnding Ending,
    StayState State,
    StayDoubts Doubts,
    int Revision,
    Instant? UnaccountedAt);

/// <summary>A stay with all that was known of it since its end.</summary>
public sealed record ArchivedHistory(ArchivedStay Stay, IReadOnlyList<ArchivedRevision> Revisions);

/// <summary>One revision of a stay. Amounts are in the smallest unit of the currency; null where there is no price.</summary>
public sealed record ArchivedRevision(
    int Revision,
    Instant RecordedAt,
    Instant? EnteredAt,
    Instant? EarliestEntry,
    Instant? EndedAt,
    Instant? LatestExit,
    StayEnding Ending,
    StayState State,
    StayDoubts Doubts,
    long? Total,
    string? Currency,
    IReadOnlyList<ArchivedLine>? Lines,
    long? Displayed,
    int? TariffVersion,
    string? TariffHash,
    string? CalendarHash,
    string? TimeZones);

/// <summary>A line of an archived price.</summary>
/// <param name="Kind">The rule that it comes from.</param>
/// <param name="Amount">What it adds to the total, in the smallest unit of the currency.</param>
/// <param name="From">From when; null if it is about the whole price.</param>
/// <param name="To">Until when.</param>
/// <param name="Quantity">How many steps, flat rates or periods were charged; null if nothing was multiplied.</param>
/// <param name="UnitPrice">The price of one.</param>
/// <param name="Text">The line in words.</param>
public sealed record ArchivedLine(
    QuoteLineKind Kind, decimal Amount, Instant? From, Instant? To, decimal? Quantity, long? UnitPrice, LocalizedText Text);
