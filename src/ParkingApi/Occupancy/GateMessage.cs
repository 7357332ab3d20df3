using NodaTime;
using Parking.Api.Logbook;
using Parking.Contracts;

namespace Parking.Api.Occupancy;

/// <summary>A gate as the hub says it.</summary>
/// <param name="Gate">The gate's id.</param>
/// <param name="Facility">Its facility's id.</param>
/// <param name="Sequence">One more with each message about this gate, as in <see cref="OccupancyMessage.Sequence"/>.</param>
/// <param name="State">Whether it is heard.</param>
/// <param name="LastHeardAt">Its last sign of life as of this message; null if there was none. That it was heard once more is no message.</param>
/// <param name="Offline">It said that it lost the service, and has not said that it found it again.</param>
/// <param name="Fault">Its barrier does not do what it is told.</param>
/// <param name="LastIncident">The newest incident at it; null if there was none.</param>
public sealed record GateMessage(
    string Gate, string Facility, long Sequence, GatePresence State, Instant? LastHeardAt, bool Offline, bool Fault, IncidentContract? LastIncident);
