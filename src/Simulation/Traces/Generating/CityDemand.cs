using NodaTime;

namespace Parking.Simulation.Traces.Generating;

/// <summary>How much happens, and when.</summary>
internal sealed record CityDemand
{
    public required long Seed { get; init; }

    public required Instant Starts { get; init; }

    public required Instant Ends { get; init; }

    /// <summary>What the profile's arrivals are multiplied by.</summary>
    public required double Scale { get; init; }

    /// <summary>After so many scans nobody drives any more; null: no such limit.</summary>
    public long? MaxScans { get; init; }

    /// <summary>Vehicles that arrive in the hour that begins then.</summary>
    public double ArrivalsIn(PlannedFacility facility, LocalDateTime local) =>
        facility.Kind.Arrivals.First(arrivals => arrivals.Days.Contains(local.DayOfWeek)).Hours[local.Hour] * facility.Size * Scale;
}
