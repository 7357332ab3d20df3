using NodaTime;

namespace Parking.GateProgram.Journal;

/// <summary>The service has everything up to a number.</summary>
/// <param name="Epoch">The life of its store.</param>
/// <param name="Through">The number; 0: nothing.</param>
/// <param name="At">When that was learnt: true time as the gate knew it.</param>
internal sealed record Acknowledgement(string Epoch, long Through, Instant At);
