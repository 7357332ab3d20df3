using NodaTime;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>A stay that cannot be true as it stands, as everything that happened says too: no mismatch, but something for people to look at.</summary>
public sealed record ConflictingStay(
    string Driver, int Vehicle, string Facility, Instant? EnteredAt, Instant? EndedAt, StayEnding Ending, IReadOnlyList<long> Lines)
{
    public static ConflictingStay Of(OracleStay stay) =>
        new(stay.Driver, stay.Vehicle, stay.Facility, stay.EnteredAt, stay.EndedAt, stay.Ending, stay.Lines);
}
