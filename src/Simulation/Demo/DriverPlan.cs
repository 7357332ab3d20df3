using Parking.Simulation.Cities;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>One driver of the demo: who comes where and when, settled by the seed.</summary>
public sealed record DriverPlan
{
    /// <summary>0, 1, 2 …</summary>
    public required int Number { get; init; }

    public required DriverRole Role { get; init; }

    /// <summary>Registered vehicles, none to two. A driver without any shows a code that names none.</summary>
    public required IReadOnlyList<Vehicle> Vehicles { get; init; }

    /// <summary>Where the driver parks.</summary>
    public required FacilityPlan Home { get; init; }

    /// <summary>Another facility, for those who need a second one.</summary>
    public required FacilityPlan Other { get; init; }

    /// <summary>After the start of the demo.</summary>
    public required TimeSpan ArrivesAfter { get; init; }

    public required TimeSpan StaysFor { get; init; }

    /// <summary>Comes on a bad evening: the camera sees less, and may need several frames.</summary>
    public required bool IsHardToSee { get; init; }

    public string? Plate(int vehicle) => Vehicles.Count > vehicle ? Vehicles[vehicle].Plate : null;

    /// <summary>Names the driver for people, not the person.</summary>
    public override string ToString() => $"driver {Number} ({Role})";
}
