namespace Parking.ScannerSim.Tests.Gates.Journal;

/// <summary>The power failed.</summary>
internal sealed class PowerFailure() : Exception("The power failed.");
