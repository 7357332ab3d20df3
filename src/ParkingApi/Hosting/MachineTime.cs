namespace Parking.Api.Hosting;

/// <summary>
/// The time in which a caller waits for bytes: the service's own, but the machine's in a simulation. There the service's time stands still
/// for as long as nobody moves it, and a connection without a byte would be taken for lost.
/// </summary>
/// <param name="Provider">Measures it.</param>
internal sealed record MachineTime(TimeProvider Provider);
