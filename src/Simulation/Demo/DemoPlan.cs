using Parking.Simulation.Cities;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>The plan of a demo.</summary>
/// <param name="Drivers">The drivers, by number.</param>
/// <param name="SmallHouse">The facility that is filled; null if none is small enough for this number of drivers.</param>
/// <param name="LeftOut">What cannot be shown here and why, for a person to read.</param>
public sealed record DemoPlan(IReadOnlyList<DriverPlan> Drivers, FacilityPlan? SmallHouse, IReadOnlyList<string> LeftOut)
{
    public int Count(DriverRole role) => Drivers.Count(driver => driver.Role == role);
}

/// <summary>The plan of one driver. It depends only on the seed.</summary>
public sealed record DriverPlan
{
    /// <summary>0, 1, 2 …</summary>
    public required int Number { get; init; }

    public required DriverRole Role { get; init; }

    /// <summary>Registered vehicles, at most two. A driver without a vehicle shows a code that names none.</summary>
    public required IReadOnlyList<Vehicle> Vehicles { get; init; }

    /// <summary>The facility where the driver parks.</summary>
    public required FacilityPlan Home { get; init; }

    /// <summary>Another facility, for roles that need a second one.</summary>
    public required FacilityPlan Other { get; init; }

    /// <summary>The arrival, counted from the start of the demo.</summary>
    public required TimeSpan ArrivesAfter { get; init; }

    public required TimeSpan StaysFor { get; init; }

    /// <summary>Whether light and pose are difficult, so that the camera may need several frames.</summary>
    public required bool IsHardToSee { get; init; }

    public string? Plate(int vehicle) => Vehicles.Count > vehicle ? Vehicles[vehicle].Plate : null;

    /// <summary>Names the driver in messages, by number and role.</summary>
    public override string ToString() => $"driver {Number} ({Role})";
}

/// <summary>The roles of drivers in the demo.</summary>
public enum DriverRole
{
    /// <summary>Enters, parks for some seconds, and leaves.</summary>
    Visitor,

    /// <summary>Enters and stays until the end.</summary>
    Resident,

    /// <summary>Shows an expired code, then a fresh one.</summary>
    LateCode,

    /// <summary>After a code has opened one gate, somebody shows a picture of it at another gate.</summary>
    CopiedCode,

    /// <summary>Shows a well-formed code signed with an unknown key.</summary>
    Forger,

    /// <summary>Shows a code with one changed character, then the correct one.</summary>
    DamagedCode,

    /// <summary>Shows a QR symbol that is not a parking code first.</summary>
    WrongPicture,

    /// <summary>Tries to enter a second time with the same vehicle.</summary>
    TwiceIn,

    /// <summary>Parks two vehicles at the same time, each with its own code.</summary>
    TwoVehicles,

    /// <summary>
    /// The service's answer is lost. The gate decides alone, and its later upload shows that the service had decided the scan already.
    /// </summary>
    LostAnswer,

    /// <summary>Leaves a facility without a recorded entry; the barrier opens.</summary>
    UnseenEntry,

    /// <summary>Leaves without a recorded entry at a facility where an attendant handles such exits.</summary>
    AttendedExit,

    /// <summary>Takes one of the few spaces of the smallest facility.</summary>
    Filler,

    /// <summary>Arrives when that facility is full.</summary>
    TurnedAway,
}
