using NodaTime;
using Parking.GateProgram;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>A vehicle went through a gate on a code that names its driver.</summary>
public sealed record Passage(long Line, Instant At, string Gate, string Facility, GateDirection Direction, string Driver, int Vehicle, int Code)
{
    /// <summary>The passages among the showings: a code that names nobody lets nobody's stay begin or end.</summary>
    public static IEnumerable<Passage> Of(IEnumerable<Showing> showings) => showings
        .Where(showing => showing.Outcome == VehicleOutcome.Passed && showing.NamesHolder)
        .Select(showing => new Passage(
            showing.Line, showing.At, showing.Gate, showing.Facility, showing.Direction, showing.Driver, showing.Vehicle, showing.Code));
}
