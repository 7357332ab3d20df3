using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.BackOffice.Use;

/// <summary>Reads how facilities were used: days that were computed; of stays only how many are in doubt now.</summary>
public sealed class UseReport(ISqlDatabase sql)
{
    /// <summary>How far back stays are looked for that are in doubt now.</summary>
    public static readonly Duration DoubtHistory = Duration.FromDays(ChangedDays.History);

    /// <summary>The days of some facilities that are known, by facility and then by day.</summary>
    /// <param name="facilities">Which facilities.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public async Task<IReadOnlyList<UseDay>> DaysAsync(
        IReadOnlyCollection<FacilityId> facilities, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(facilities, from, to, cancellationToken)).Select(row => row.ToDay())];

    /// <summary>What the days of some facilities that are known add up to, for each of them.</summary>
    /// <param name="facilities">Which facilities.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public async Task<IReadOnlyDictionary<FacilityId, UseSum>> SumsAsync(
        IReadOnlyCollection<FacilityId> facilities, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var rows = (await RowsAsync(facilities, from, to, cancellationToken)).ToLookup(row => row.Facility);
        return facilities.ToDictionary(id => id, id => new UseSum(rows[id.Value].Select(row => row.ToDay(hasHours: false))));
    }

    /// <summary>How many archived stays of some facilities are in doubt now, for each of them: those that began lately.</summary>
    /// <param name="facilities">Which facilities.</param>
    /// <param name="since">Stays that began before are not counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public async Task<IReadOnlyDictionary<FacilityId, StaysInDoubt>> InDoubtAsync(
        IReadOnlyCollection<FacilityId> facilities, Instant since, CancellationToken cancellationToken)
    {
        string[] ids = [.. facilities.Select(facility => facility.Value)];
        var found = ids.Length == 0
            ? []
            : await sql.ReadAsync(db => UseTable.InDoubtAsync(db, ids, since.ToMicroseconds()), cancellationToken);
        var counts = found.ToDictionary(row => (row.Facility, (StayState)row.State), row => row.Stays);
        return facilities.ToDictionary(
            id => id,
            id => new StaysInDoubt(
                counts.GetValueOrDefault((id.Value, StayState.Provisional)),
                counts.GetValueOrDefault((id.Value, StayState.Conflicting)),
                counts.GetValueOrDefault((id.Value, StayState.Uncollectable))));
    }

    private async Task<IReadOnlyList<UseDayRow>> RowsAsync(
        IReadOnlyCollection<FacilityId> facilities, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        string[] ids = [.. facilities.Select(facility => facility.Value)];
        return ids.Length == 0
            ? []
            : await sql.ReadAsync(
                db => db.QueryAsync<UseDayRow>(
                    $"""
                    SELECT {UseTable.Columns} FROM use_days
                    WHERE {db.In("facility", "ids")} AND day >= @From AND day <= @To ORDER BY facility, day
                    """,
                    new { ids, From = LocalDatePattern.Iso.Format(from), To = LocalDatePattern.Iso.Format(to) }),
                cancellationToken);
    }
}

/// <summary>How many stays of a facility are in doubt now, by state.</summary>
public sealed record StaysInDoubt(long Provisional, long Conflicting, long Uncollectable);

/// <summary>What some days of one facility add up to.</summary>
public sealed class UseSum
{
    private readonly DwellHistogram _dwell = new();
    private readonly Duration _occupied;
    private readonly double _spaces;
    private readonly long _wholeDaysCapacity;
    private readonly long _wholeDaysExits;

    public UseSum(IEnumerable<UseDay> days)
    {
        foreach (var day in days)
        {
            Days++;
            Entries += day.Entries;
            Exits += day.Exits;
            Provisional += day.Provisional;
            Conflicting += day.Conflicting;
            Uncollectable += day.Uncollectable;
            _dwell.Add(day.Dwell);
            _occupied += day.Occupied;
            _spaces += day.Capacity * day.Known.TotalSeconds;
            _wholeDaysCapacity += day.IsWhole ? day.Capacity : 0;
            _wholeDaysExits += day.IsWhole ? day.Exits : 0;
        }
    }

    /// <summary>How many days are known.</summary>
    public int Days { get; }

    public long Entries { get; }

    public long Exits { get; }

    public long Provisional { get; }

    public long Conflicting { get; }

    public long Uncollectable { get; }

    /// <summary>How many vehicles left for each space and day, on days that are over; null if none is.</summary>
    public double? Turnover => _wholeDaysCapacity == 0 ? null : (double)_wholeDaysExits / _wholeDaysCapacity;

    /// <summary>The share of spaces that were taken, as a mean over the hours that are known, in percent; null if none is.</summary>
    public double? OccupancyPercent => _spaces == 0 ? null : 100 * _occupied.TotalSeconds / _spaces;

    /// <summary>See <see cref="DwellHistogram.Percentile"/>.</summary>
    public DwellPercentile? Dwell(int percent) => _dwell.Percentile(percent);
}
