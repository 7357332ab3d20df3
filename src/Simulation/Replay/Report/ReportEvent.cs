using NodaTime;

namespace Parking.Simulation.Replay.Report;

/// <summary>Something that happened besides scans.</summary>
/// <param name="Line">The trace's line.</param>
/// <param name="At">When.</param>
/// <param name="Kind">In snake_case: <c>inventory</c>, <c>opened_by_hand</c>, or an incident.</param>
/// <param name="Gate">Where.</param>
/// <param name="Facility">The gate's.</param>
/// <param name="Detail">More, for people.</param>
public sealed record ReportEvent(long Line, Instant At, string Kind, string Gate, string Facility, string? Detail);
