using Parking.Simulation.Phones;

namespace Parking.Simulation.LiveCity;

/// <summary>Somebody whom the development sign-in offers to be, and who has vehicles in the demo.</summary>
/// <param name="Citizen">The citizen code.</param>
/// <param name="Vehicles">What is registered for this person at the start.</param>
internal sealed record DemoPerson(string Citizen, IReadOnlyList<Vehicle> Vehicles)
{
    /// <summary>Lin Xia and Zhou Ming.</summary>
    public static IReadOnlyList<DemoPerson> Drivers { get; } =
    [
        new("demo-driver-1", [new("沪AD12345", VehicleClass.Electric), new("沪B88K66", VehicleClass.Car)]),
        new("demo-driver-2", [new("沪C2026A", VehicleClass.Car)]),
    ];
}

/// <summary>An operator whom the development sign-in offers to be.</summary>
/// <param name="Citizen">The citizen code.</param>
/// <param name="Staff">What the log and the audit call them.</param>
/// <param name="Duties">What they may do where: enough of what the sign-in gives them.</param>
internal sealed record DemoOperator(string Citizen, string Staff, IReadOnlyList<string> Duties)
{
    /// <summary>Of the city.</summary>
    public static DemoOperator Controller { get; } = new("demo-controller", "Chen Wei", ["operate@city"]);

    /// <summary>Of the first car park of the demo's city.</summary>
    public static DemoOperator Attendant { get; } = new("demo-attendant", "Li Na", ["operate@facility:hsp"]);
}
