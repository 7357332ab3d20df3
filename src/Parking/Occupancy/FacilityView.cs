using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;

namespace Parking.Occupancy;

/// <summary>A facility and its gates as they were seen at one moment.</summary>
/// <param name="Look">The number of the look: of two views, the one with the higher number was read later.</param>
/// <param name="Facility">Which facility.</param>
/// <param name="Occupied">Open stays.</param>
/// <param name="State">Whether it takes vehicles in.</param>
/// <param name="Trust">How far to trust the number.</param>
/// <param name="Gates">Its gates, in the order of the city file.</param>
public sealed record FacilityView(
    long Look, Facility Facility, int Occupied, FacilityState State, OccupancyTrust Trust, IReadOnlyList<GateView> Gates);

/// <summary>All facilities of the city as they were seen in one look.</summary>
/// <param name="Look">The number of the look.</param>
/// <param name="Facilities">In the order of the city file; null if the store was out of reach.</param>
public sealed record CityView(long Look, IReadOnlyList<FacilityView>? Facilities);

/// <summary>A gate as it was seen at one moment.</summary>
/// <param name="Gate">Which gate.</param>
/// <param name="Presence">Whether it is heard.</param>
/// <param name="LastHeardAt">Its last sign of life; null if there was none.</param>
/// <param name="Unsent">Events that it said it has, and that have not come.</param>
/// <param name="Condition">How it is by its facility's log.</param>
public sealed record GateView(Gate Gate, GatePresence Presence, Instant? LastHeardAt, long Unsent, GateCondition Condition)
{
    /// <summary>Whether there is news in this for somebody who has seen <paramref name="other"/>. That it was heard once more is none.</summary>
    public bool IsLike(GateView other) => Presence == other.Presence && Condition == other.Condition;
}

/// <summary>What is known about a facility's occupancy beside the number.</summary>
/// <param name="Confidence">How far to trust it; the rest says why.</param>
/// <param name="SilentGates">Gates that say nothing. One that was never heard counts only where another was: a facility whose gates send no heartbeats is not in doubt for that.</param>
/// <param name="Unsent">Events that gates said they still have.</param>
/// <param name="Unexplained">Passages since the last count that no stay accounts for.</param>
/// <param name="Correction">What to add to get what the last count would make of it; null if nobody ever counted.</param>
public sealed record OccupancyTrust(OccupancyConfidence Confidence, int SilentGates, long Unsent, int Unexplained, int? Correction)
{
    public static readonly OccupancyTrust None = new(OccupancyConfidence.Unknown, 0, 0, 0, null);

    /// <summary>How many vehicles to show for so many open stays.</summary>
    public int Shown(int occupied) => Math.Max(0, occupied + (Correction ?? 0));
}

/// <summary>How far a facility's occupancy can be trusted.</summary>
public enum OccupancyConfidence
{
    /// <summary>Every gate is heard, has sent everything, and nobody passed whom no stay accounts for.</summary>
    Exact = 1,

    /// <summary>The number is right by the books, but something is known to be missing in them.</summary>
    Reduced = 2,

    /// <summary>The store, or the facility's log in it, cannot be read.</summary>
    Unknown = 3,
}

/// <summary>Whether a gate is heard.</summary>
public enum GatePresence
{
    /// <summary>It gave a sign of life within the last 25 seconds.</summary>
    Online = 1,

    /// <summary>It did once, and does no more.</summary>
    Silent = 2,

    /// <summary>It never did.</summary>
    Never = 3,
}
