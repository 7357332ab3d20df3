using Parking.Simulation.Cities;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>A whole demo, before it runs.</summary>
/// <param name="Drivers">By number.</param>
/// <param name="SmallHouse">The facility that is filled up; null where none is small enough for this many drivers.</param>
/// <param name="LeftOut">What cannot be shown here, and why, for a person to read.</param>
public sealed record DemoPlan(IReadOnlyList<DriverPlan> Drivers, FacilityPlan? SmallHouse, IReadOnlyList<string> LeftOut)
{
    public int Count(DriverRole role) => Drivers.Count(driver => driver.Role == role);
}

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

/// <summary>What a driver of the demo does.</summary>
public enum DriverRole
{
    /// <summary>Comes, parks for some seconds, leaves.</summary>
    Visitor,

    /// <summary>Comes and stays to the end.</summary>
    Resident,

    /// <summary>Shows a code that was fetched long ago; then a fresh one.</summary>
    LateCode,

    /// <summary>Lends a picture of the code to somebody at another gate, after it has opened the first.</summary>
    CopiedCode,

    /// <summary>Shows a code of the right form, signed with a key of their own.</summary>
    Forger,

    /// <summary>Shows a code in which one character was changed; then the true one.</summary>
    DamagedCode,

    /// <summary>Shows some other QR symbol first.</summary>
    WrongPicture,

    /// <summary>Tries to bring the same vehicle in a second time.</summary>
    TwiceIn,

    /// <summary>Has two vehicles, both parked at once, each with its own code.</summary>
    TwoVehicles,

    /// <summary>The service's answers get lost on the way: the gate decides alone, and its report finds them decided.</summary>
    LostAnswer,

    /// <summary>Leaves where no entry was recorded: the barrier opens.</summary>
    UnseenEntry,

    /// <summary>The same where an attendant looks at such cases.</summary>
    AttendedExit,

    /// <summary>Takes one of the few places of the smallest facility.</summary>
    Filler,

    /// <summary>Comes when these are taken.</summary>
    TurnedAway,
}
