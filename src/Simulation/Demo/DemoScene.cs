using Parking.Simulation.Cities;

namespace Parking.Simulation.Demo;

/// <summary>What does not change while a demo runs.</summary>
/// <param name="City">Its facilities and gates.</param>
/// <param name="Title">Seed, drivers, store.</param>
/// <param name="Service">The service's address.</param>
/// <param name="LeftOut">What cannot be shown, and why.</param>
public sealed record DemoScene(CityPlan City, string Title, Uri Service, IReadOnlyList<string> LeftOut);
