using Parking.Simulation.Service;

namespace Parking.Simulation.Load;

/// <summary>What a load is to be.</summary>
public sealed record LoadOptions
{
    public const int DefaultGates = 1000, MostGates = 10_000, MostRate = 5000, MostSeconds = 3000, MostWarmUp = 300;

    public const double DefaultRate = 200;

    public int Gates { get; init; } = DefaultGates;

    /// <summary>Codes shown in a second, at all gates together, on average.</summary>
    public double Rate { get; init; } = DefaultRate;

    /// <summary>How long is measured.</summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long before that everything is warmed up.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(15);

    public StoreKind Store { get; init; }

    /// <summary>Settles who comes when and where.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether the gates' journals are written through to the disk itself.</summary>
    public bool Syncs { get; init; }

    /// <summary>Where the result goes as JSON; null: nowhere.</summary>
    public string? JsonPath { get; init; }
}
