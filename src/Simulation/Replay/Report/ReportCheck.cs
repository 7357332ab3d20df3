namespace Parking.Simulation.Replay.Report;

/// <summary>Something that must hold.</summary>
/// <param name="Zh">The claim in Chinese.</param>
/// <param name="En">And in English.</param>
/// <param name="Evidence">What it was checked on.</param>
/// <param name="Faults">How often it does not hold.</param>
public sealed record ReportCheck(string Zh, string En, string Evidence, int Faults);
