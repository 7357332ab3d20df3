using Parking.Simulation.Service;

namespace Parking.Simulation.Demo;

/// <summary>What the demo was asked for.</summary>
public sealed record DemoOptions
{
    public const int DefaultDrivers = 72, MostDrivers = 400;

    /// <summary>Settles who drives what, where and when, and every camera frame's pose and light.</summary>
    public long Seed { get; init; } = 1;

    public int Drivers { get; init; } = DefaultDrivers;

    /// <summary>A running service; null: the demo starts its own.</summary>
    public Uri? Api { get; init; }

    /// <summary>The settings file for <see cref="Api"/>.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>The city file that <see cref="Api"/> runs on; null: the one beside the built service.</summary>
    public string? CityPath { get; init; }

    /// <summary>Where to save the camera's frames; null: nowhere.</summary>
    public string? FramesFolder { get; init; }

    public StoreKind Store { get; init; } = StoreKind.Auto;
}
