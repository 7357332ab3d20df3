using NodaTime;
using Parking.ScannerSim.Replay.Oracle;

namespace Parking.ScannerSim.Replay.Verdict;

/// <summary>A stay that cannot be true as it stands, as everything that happened says too: no mismatch, but something for people to look at.</summary>
internal sealed record ConflictingStay(
    string Driver, int Vehicle, string Facility, Instant? EnteredAt, Instant? EndedAt, StayEnding Ending, IReadOnlyList<long> Lines)
{
    public static ConflictingStay Of(OracleStay stay) =>
        new(stay.Driver, stay.Vehicle, stay.Facility, stay.EnteredAt, stay.EndedAt, stay.Ending, stay.Lines);
}
