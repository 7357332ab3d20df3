using Parking.Simulation.Service;

namespace Parking.Simulation.Demo;

/// <summary>The options of a demo.</summary>
public sealed record DemoOptions
{
    public const int DefaultDrivers = 72, MostDrivers = 400;

    /// <summary>Determines each driver's vehicle, facility and times, and the pose and light of every camera frame.</summary>
    public long Seed { get; init; } = 1;

    public int Drivers { get; init; } = DefaultDrivers;

    /// <summary>The address of a running service; null if the demo starts its own.</summary>
    public Uri? Api { get; init; }

    /// <summary>The settings file for <see cref="Api"/>.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>The city file of <see cref="Api"/>; null for the one built with the service.</summary>
    public string? CityPath { get; init; }

    /// <summary>The folder where camera frames are saved; null if they are not saved.</summary>
    public string? FramesFolder { get; init; }

    public StoreKind Store { get; init; } = StoreKind.Auto;
}
