using NodaTime;
using Parking.BackOffice.Use;
using Parking.Facilities;

namespace Parking.Api.Use;

/// <summary>Maps how facilities were used to contracts.</summary>
internal static class UseMapping
{
    public static Contracts.FacilityUseAnswer ToContract(
        this Facility facility, LocalDate from, LocalDate to, IReadOnlyList<UseDay> days) =>
        new()
        {
            Facility = facility.Id.Value,
            TimeZone = facility.TimeZone.Id,
            From = from,
            To = to,
            Sum = new UseSum(days).ToContract(),
            Days = [.. days.Select(ToContract)],
        };

    public static Contracts.FacilityUse ToContract(this Facility facility, UseSum sum, Instant since, StaysInDoubt doubts) => new(
        facility.Id.Value,
        facility.TimeZone.Id,
        sum.ToContract(),
        new(since, doubts.Provisional, doubts.Conflicting, doubts.Uncollectable));

    private static Contracts.UseDay ToContract(UseDay day) => new()
    {
        Day = day.Day,
        Start = day.Start,
        End = day.End,
        AsOf = day.ComputedAt,
        IsWhole = day.IsWhole,
        Capacity = day.Capacity,
        Sum = new UseSum([day]).ToContract(),
        Hours = [.. day.Hours.Select(hour => ToContract(hour, day.Capacity))],
        Dwell =
        [
            .. day.Dwell.Counts.Select((stays, i) => new Contracts.DwellBucket(
                i == 0 ? 0 : DwellHistogram.Bounds[i - 1], i < DwellHistogram.Bounds.Length ? DwellHistogram.Bounds[i] : null, stays))
                .Where(bucket => bucket.Stays > 0),
        ],
    };

    public static Contracts.UseFigures ToContract(this UseSum sum) => new()
    {
        Days = sum.Days,
        Entries = sum.Entries,
        Exits = sum.Exits,
        Turnover = Rounded(sum.Turnover, 2),
        DwellP50 = sum.Dwell(50)?.ToContract(),
        DwellP90 = sum.Dwell(90)?.ToContract(),
        OccupancyPercent = Rounded(sum.OccupancyPercent, 1),
        Provisional = sum.Provisional,
        Conflicting = sum.Conflicting,
        Uncollectable = sum.Uncollectable,
    };

    private static Contracts.DwellTime ToContract(this DwellPercentile dwell) =>
        new(Math.Round(dwell.Minutes, 1), dwell.AtLeast, dwell.Below);

    private static Contracts.UseHour ToContract(UseHour hour, long capacity)
    {
        var occupied = hour.Occupied / hour.Length;
        return new(hour.Start, (int)hour.Length.TotalMinutes, Math.Round(occupied, 2), Math.Round(100 * occupied / capacity, 1));
    }

    private static double? Rounded(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}
