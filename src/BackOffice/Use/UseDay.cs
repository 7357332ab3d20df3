using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Sql;
using Parking.Facilities;

namespace Parking.BackOffice.Use;

/// <summary>How a facility was used on one of its local days.</summary>
public sealed record UseDay
{
    public required FacilityId Facility { get; init; }

    public required LocalDate Day { get; init; }

    /// <summary>The zone that the day is of, as it was then.</summary>
    public required DateTimeZone TimeZone { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    public required Instant ComputedAt { get; init; }

    /// <summary>Whether the day was over when it was computed. What changes of its stays later changes it all the same.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>On the facility's first day, from when anything is known of it; null on other days.</summary>
    public required Instant? KnownFrom { get; init; }

    /// <summary>Spaces, as the city file had them when the day ended.</summary>
    public required long Capacity { get; init; }

    /// <summary>Vehicles that were seen to come in.</summary>
    public required long Entries { get; init; }

    /// <summary>Vehicles that were seen to leave.</summary>
    public required long Exits { get; init; }

    /// <summary>Stays that began on this day, and cannot be trusted, or not yet, by state.</summary>
    public required long Provisional { get; init; }

    public required long Conflicting { get; init; }

    public required long Uncollectable { get; init; }

    /// <summary>The hours that were over when it was computed, in order, from <see cref="KnownFrom"/> on.</summary>
    public required IReadOnlyList<UseHour> Hours { get; init; }

    /// <summary>How long these hours are together.</summary>
    public required Duration Known { get; init; }

    /// <summary>The sum of the times that vehicles were parked in them.</summary>
    public required Duration Occupied { get; init; }

    /// <summary>The stays that ended on this day, and were seen to begin and to end.</summary>
    public required DwellHistogram Dwell { get; init; }
}

/// <summary>An hour of a local day.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">An hour, or less next to where clocks move by less.</param>
/// <param name="Occupied">The sum of the times that vehicles were parked in it.</param>
public sealed record UseHour(Instant Start, Duration Length, Duration Occupied);

/// <summary>A row of <c>use_days</c>. The migrations say what each column is.</summary>
internal sealed record UseDayRow
{
    public string Facility { get; init; } = "";

    public string Day { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public long StartsAt { get; init; }

    public long EndsAt { get; init; }

    public long ComputedAt { get; init; }

    public long? DueAt { get; init; }

    public long? KnownFrom { get; init; }

    public long Capacity { get; init; }

    public long Entries { get; init; }

    public long Exits { get; init; }

    public long Provisional { get; init; }

    public long Conflicting { get; init; }

    public long Uncollectable { get; init; }

    public string Curves { get; init; } = "";

    /// <param name="hasHours">
    /// Whether <see cref="UseDay.Hours"/> are needed. Without them a day costs much less if all its hours are known.
    /// </param>
    public UseDay ToDay(bool hasHours = true)
    {
        var zone = DateTimeZoneProviders.Tzdb[TimeZone];
        var (start, end) = (SqlTime.FromMicroseconds(StartsAt), SqlTime.FromMicroseconds(EndsAt));
        var curves = UseCurves.Read(Curves);
        var isAllKnown = DueAt is null && KnownFrom is null;
        var hours = hasHours || !isAllKnown ? HoursOf(LocalHours.Of(start, end, zone), curves.Occupied) : [];
        return new()
        {
            Facility = new(Facility),
            Day = LocalDatePattern.Iso.Parse(Day).Value,
            TimeZone = zone,
            Start = start,
            End = end,
            ComputedAt = SqlTime.FromMicroseconds(ComputedAt),
            IsWhole = DueAt is null,
            KnownFrom = KnownFrom is { } known ? SqlTime.FromMicroseconds(known) : null,
            Capacity = Capacity,
            Entries = Entries,
            Exits = Exits,
            Provisional = Provisional,
            Conflicting = Conflicting,
            Uncollectable = Uncollectable,
            Hours = hours,
            Known = isAllKnown ? end - start : hours.Aggregate(Duration.Zero, (sum, hour) => sum + hour.Length),
            Occupied = isAllKnown
                ? Duration.FromMilliseconds(curves.Occupied.Sum())
                : hours.Aggregate(Duration.Zero, (sum, hour) => sum + hour.Occupied),
            Dwell = new(curves.Dwell),
        };
    }

    private UseHour[] HoursOf(IReadOnlyList<Instant> bounds, IReadOnlyList<long> occupied) =>
    [
        .. occupied.Select((time, i) => new UseHour(bounds[i], bounds[i + 1] - bounds[i], Duration.FromMilliseconds(time)))
            .SkipWhile(hour => hour.Start.ToMicroseconds() < KnownFrom),
    ];
}
