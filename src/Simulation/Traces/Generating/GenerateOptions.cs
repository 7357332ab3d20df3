using NodaTime;

namespace Parking.Simulation.Traces.Generating;

/// <summary>What a trace was asked for.</summary>
public sealed record GenerateOptions
{
    public const int DefaultFacilities = 20, MostFacilities = 10_000, MostDays = 366;

    public const long MostScans = 200_000_000;

    /// <summary>A Monday on which nobody has a holiday. Never today: the same command makes the same file tomorrow.</summary>
    public static readonly LocalDate DefaultStart = new(2026, 5, 11);

    public long Seed { get; init; } = 1;

    public int Facilities { get; init; } = DefaultFacilities;

    /// <summary>Exactly so many; null: as many as the profile's arrivals make.</summary>
    public long? Scans { get; init; }

    public LocalDate Start { get; init; } = DefaultStart;

    public int Days { get; init; } = 1;

    /// <summary>Null: the built-in one.</summary>
    public string? ProfilePath { get; init; }

    public required string Out { get; init; }
}
