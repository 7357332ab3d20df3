using NodaTime;

namespace Parking.Contracts;

/// <summary>How the service is.</summary>
public sealed record HealthAnswer
{
    /// <summary>That of the worst check.</summary>
    public required ServiceHealth Status { get; init; }

    /// <summary>All checks, by name.</summary>
    public required IReadOnlyList<HealthCheck> Checks { get; init; }

    /// <summary>True for a simulation; absent for any other service.</summary>
    public bool? Simulation { get; init; }

    /// <summary>A simulation's virtual time.</summary>
    public Instant? Now { get; init; }
}

/// <summary>How one part of it is.</summary>
/// <param name="Name">Which part.</param>
/// <param name="Status">Whether it does its work.</param>
/// <param name="Description">The same in words.</param>
public sealed record HealthCheck(string Name, ServiceHealth Status, string? Description);

/// <summary>Whether a part does its work.</summary>
public enum ServiceHealth
{
    /// <summary>It does not.</summary>
    Unhealthy = 0,

    /// <summary>It does.</summary>
    Healthy = 1,
}
