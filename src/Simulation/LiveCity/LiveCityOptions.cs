using Parking.Simulation.Service;

namespace Parking.Simulation.LiveCity;

/// <summary>What the living city was asked for.</summary>
public sealed record LiveCityOptions
{
    public const int DefaultPort = 5080;

    /// <summary>Settles who comes where and when, which gate falls silent, and every camera frame's pose and light.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The port of the pages on the loopback address, 1 to 65535; where it is taken, the next free one.</summary>
    public int Port { get; init; } = DefaultPort;

    public StoreKind Store { get; init; } = StoreKind.Auto;

    /// <summary>Whether the city has lived through an hour before it is shown, so that there is something to look back on.</summary>
    public bool HasPast { get; init; }

    /// <summary>Whether drivers of the simulator's own come and go; without them only those at the pages do.</summary>
    public bool HasTraffic { get; init; } = true;
}
