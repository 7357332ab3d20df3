using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Sql;
using Parking.Facilities;

namespace Parking.BackOffice.Use;

/// <summary>Reads how facilities were used: days that were computed, never stays.</summary>
public sealed class UseReport(ISqlDatabase sql)
{
    /// <summary>The days of some facilities that are known, by facility and then by day.</summary>
    /// <param name="facilities">Which facilities.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public Task<IReadOnlyList<UseDay>> DaysAsync(
        IEnumerable<FacilityId> facilities, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        string[] ids = [.. facilities.Select(facility => facility.Value)];
        return sql.ReadAsync<IReadOnlyList<UseDay>>(
            async db => ids.Length == 0
                ? []
                :
                [
                    .. (await db.QueryAsync<UseDayRow>(
                        $"""
                        SELECT {UseTable.Columns} FROM use_days
                        WHERE {db.In("facility", "ids")} AND day >= @From AND day <= @To ORDER BY facility, day
                        """,
                        new { ids, From = LocalDatePattern.Iso.Format(from), To = LocalDatePattern.Iso.Format(to) }))
                        .Select(row => row.ToDay()),
                ],
            cancellationToken);
    }
}

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
            _occupied += day.Hours.Aggregate(Duration.Zero, (sum, hour) => sum + hour.Occupied);
            _spaces += day.Capacity * day.Hours.Sum(hour => hour.Length.TotalSeconds);
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
