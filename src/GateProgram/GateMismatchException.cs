namespace Parking.GateProgram;

/// <summary>
/// The gate was started as another than it is: on the disk of another gate, or with the wrong direction. It does not run.
/// </summary>
public sealed class GateMismatchException(string message) : Exception(message);
