using Parking.Simulation.Service;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Load;

/// <summary>The options of a load.</summary>
public sealed record LoadOptions
{
    public const int DefaultGates = 1000, MostGates = 10_000, MostRate = 5000, MostSeconds = 3000, MostWarmUp = 300, MostScreens = 1000;

    public const double DefaultRate = 200;

    /// <summary>The longest load with screens, warm-up included: they sign in once, and leave the service a minute to start.</summary>
    public static readonly TimeSpan LongestWithScreens = TokenSigner.LongestWithDuties.ToTimeSpan() - TimeSpan.FromMinutes(1);

    public int Gates { get; init; } = DefaultGates;

    /// <summary>The city, with as many gates as <see cref="Gates"/> says; null for that of <see cref="LoadCity"/>.</summary>
    public TraceCity? City { get; init; }

    /// <summary>Codes shown per second at all gates together, on average.</summary>
    public double Rate { get; init; } = DefaultRate;

    /// <summary>How long the load is measured.</summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the load runs before it is measured.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Screens that watch the occupancy of the whole city meanwhile.</summary>
    public int Screens { get; init; }

    public StoreKind Store { get; init; }

    /// <summary>Determines when and where each driver arrives.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether the gates' journals are flushed to the disk.</summary>
    public bool Syncs { get; init; }

    /// <summary>The file for the result as JSON; null if it is not written.</summary>
    public string? JsonPath { get; init; }
}
