using NodaTime;

namespace Parking.Simulation.Replay.Driving;

/// <summary>Something that is to happen.</summary>
/// <param name="At">When.</param>
/// <param name="Subjects">The gates and drivers it concerns: what concerns the same one happens in the order it was put down.</param>
/// <param name="Run">Makes it happen.</param>
internal sealed record AgendaItem(Instant At, IReadOnlyList<string> Subjects, Func<CancellationToken, Task> Run);
