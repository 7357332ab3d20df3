using NodaTime;

namespace Parking.Contracts;

/// <summary>How a facility was used, day by day. docs/use.md says how each figure is counted.</summary>
public sealed record FacilityUseAnswer
{
    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>The facility's time zone (IANA): days are those of its clocks.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The first day that was asked for.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last day that was asked for.</summary>
    public required LocalDate To { get; init; }

    /// <summary>What the days add up to.</summary>
    public required UseFigures Sum { get; init; }

    /// <summary>The days that are known, in order. A day that is left out is unknown, not empty.</summary>
    public required IReadOnlyList<UseDay> Days { get; init; }
}

/// <summary>How facilities were used in some days, facility by facility.</summary>
/// <param name="From">The first day that was asked for, of each facility's own clocks.</param>
/// <param name="To">The last day that was asked for.</param>
/// <param name="Facilities">In the order of the city file.</param>
/// <param name="Next">Send it as <c>after</c> for the facilities after these; null if there are no more.</param>
public sealed record CityUseAnswer(LocalDate From, LocalDate To, IReadOnlyList<FacilityUse> Facilities, string? Next);

/// <summary>How one facility was used in some days.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="TimeZone">The facility's time zone (IANA).</param>
/// <param name="Sum">What the days add up to.</param>
/// <param name="InDoubt">Its stays that are in doubt now, whichever days were asked for.</param>
public sealed record FacilityUse(string Facility, string TimeZone, UseFigures Sum, StaysInDoubt InDoubt);

/// <summary>How many archived stays of a facility are in doubt now, by state.</summary>
/// <param name="Since">Stays that began before are not counted.</param>
/// <param name="Provisional">Those that are provisional.</param>
/// <param name="Conflicting">Those that are conflicting.</param>
/// <param name="Uncollectable">Those that are uncollectable.</param>
public sealed record StaysInDoubt(Instant Since, long Provisional, long Conflicting, long Uncollectable);

/// <summary>What some days of a facility add up to.</summary>
public sealed record UseFigures
{
    /// <summary>How many of the days are known. With 0, all else is unknown.</summary>
    public required int Days { get; init; }

    /// <summary>Vehicles that were seen to come in.</summary>
    public required long Entries { get; init; }

    /// <summary>Vehicles that were seen to leave.</summary>
    public required long Exits { get; init; }

    /// <summary>Exits for each space and day, on days that are over; absent if none is.</summary>
    public double? Turnover { get; init; }

    /// <summary>The dwell time that half of the stays did not exceed; absent if none ended.</summary>
    public DwellTime? DwellP50 { get; init; }

    /// <summary>The dwell time that nine of ten stays did not exceed; absent if none ended.</summary>
    public DwellTime? DwellP90 { get; init; }

    /// <summary>The share of spaces that were taken, a mean over the known hours, in percent; may exceed 100. Absent if none is.</summary>
    public double? OccupancyPercent { get; init; }

    /// <summary>Stays that began on these days and are provisional.</summary>
    public required long Provisional { get; init; }

    /// <summary>Stays that began on these days and are conflicting.</summary>
    public required long Conflicting { get; init; }

    /// <summary>Stays that began on these days and are uncollectable.</summary>
    public required long Uncollectable { get; init; }
}

/// <summary>A percentile of dwell times, in minutes. It comes from a histogram, so it is known to a bucket.</summary>
/// <param name="Minutes">An estimate.</param>
/// <param name="AtLeast">The true one is not below this.</param>
/// <param name="Below">The true one is below this; absent if it is longer than a week.</param>
public sealed record DwellTime(double Minutes, int AtLeast, int? Below);

/// <summary>One local day of a facility.</summary>
public sealed record UseDay
{
    /// <summary>The day.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>When it began.</summary>
    public required Instant Start { get; init; }

    /// <summary>When it ended, or will.</summary>
    public required Instant End { get; init; }

    /// <summary>When its figures were computed.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>Whether it was over then.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Its spaces.</summary>
    public required long Capacity { get; init; }

    /// <summary>Its figures.</summary>
    public required UseFigures Sum { get; init; }

    /// <summary>Its hours that are over and known, in order: 23 to 25 on a whole day that is not the facility's first.</summary>
    public required IReadOnlyList<UseHour> Hours { get; init; }

    /// <summary>How long the stays were that ended on it: the buckets that are not empty, in order.</summary>
    public required IReadOnlyList<DwellBucket> Dwell { get; init; }
}

/// <summary>An hour as the facility's clocks show it.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Minutes">60, or less where clocks move by less than an hour.</param>
/// <param name="Occupied">How many spaces were taken, as a mean over it.</param>
/// <param name="Percent">The same as a share of the capacity; may exceed 100.</param>
public sealed record UseHour(Instant Start, int Minutes, double Occupied, double Percent);

/// <summary>A bucket of a histogram of dwell times.</summary>
/// <param name="AtLeast">Its stays were not shorter than this, in minutes.</param>
/// <param name="Below">They were shorter than this; absent for those of more than a week.</param>
/// <param name="Stays">How many they are.</param>
public sealed record DwellBucket(int AtLeast, int? Below, long Stays);
