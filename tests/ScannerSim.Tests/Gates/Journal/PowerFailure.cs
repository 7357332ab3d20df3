namespace Parking.ScannerSim.Tests.Gates.Journal;

internal sealed class PowerFailure() : Exception("The power failed.");
