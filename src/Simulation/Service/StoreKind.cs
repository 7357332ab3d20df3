namespace Parking.Simulation.Service;

/// <summary>Which live store the demo's service runs on.</summary>
public enum StoreKind
{
    /// <summary>A private redis-server where one is on the PATH, else embedded.</summary>
    Auto,

    /// <summary>A private redis-server; without one the demo does not start.</summary>
    Redis,

    /// <summary>SQLite within the service.</summary>
    Embedded,
}
