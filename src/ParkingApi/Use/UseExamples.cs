using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Use;

/// <summary>How facilities were used, for the OpenAPI document.</summary>
internal static class UseExamples
{
    private static readonly LocalDate Day = new(2026, 5, 4);
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 3, 16, 0);

    private static readonly UseFigures Sum = new()
    {
        Days = 1,
        Entries = 803,
        Exits = 800,
        Turnover = 2.5,
        DwellP50 = new(82.5, 75, 90),
        DwellP90 = new(204, 180, 210),
        OccupancyPercent = 61.4,
        Provisional = 2,
        Conflicting = 1,
        Uncollectable = 4,
    };

    public static FacilityUseAnswer Facility { get; } = new()
    {
        Facility = "hsp",
        TimeZone = "Asia/Shanghai",
        From = Day,
        To = Day,
        Sum = Sum,
        Days =
        [
            new()
            {
                Day = Day,
                Start = Start,
                End = Start + Duration.FromDays(1),
                AsOf = Start + Duration.FromHours(24) + Duration.FromMinutes(2),
                IsWhole = true,
                Capacity = 320,
                Sum = Sum,
                Hours = [new(Start, 60, 41.25, 12.9), new(Start + Duration.FromHours(1), 60, 40, 12.5)],
                Dwell = [new(75, 90, 500), new(180, 210, 300)],
            },
        ],
    };

    public static CityUseAnswer City { get; } = new(
        Day, Day, [new("hsp", "Asia/Shanghai", Sum, new(Start - Duration.FromDays(400), 2, 1, 4))], "hsp");
}
