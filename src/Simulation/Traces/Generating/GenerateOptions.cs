using NodaTime;

namespace Parking.Simulation.Traces.Generating;

/// <summary>The options of a generated trace.</summary>
public sealed record GenerateOptions
{
    public const int DefaultFacilities = 20, MostFacilities = 10_000, MostDays = 366;

    public const long MostScans = 200_000_000;

    /// <summary>A Monday that is not a holiday. The date is fixed, so that the same command creates the same file on every day.</summary>
    public static readonly LocalDate DefaultStart = new(2026, 5, 11);

    public long Seed { get; init; } = 1;

    public int Facilities { get; init; } = DefaultFacilities;

    /// <summary>The exact number of scans; null for the number that the profile's arrivals give.</summary>
    public long? Scans { get; init; }

    public LocalDate Start { get; init; } = DefaultStart;

    public int Days { get; init; } = 1;

    /// <summary>The profile's file; null for the built-in profile.</summary>
    public string? ProfilePath { get; init; }

    public required string Out { get; init; }
}
