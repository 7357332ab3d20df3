using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;

namespace Parking.Occupancy;

/// <summary>A facility and its gates as they were seen at one moment.</summary>
/// <param name="Look">The number of the look. Of two views, the one with the higher number was read later.</param>
/// <param name="Stamp">Numbers what was read, across instances.</param>
/// <param name="Facility">The facility.</param>
/// <param name="Occupied">The number of open stays.</param>
/// <param name="State">Whether it takes vehicles in.</param>
/// <param name="Trust">How far to trust the number.</param>
/// <param name="Gates">Its gates, in the order of the city file.</param>
/// <param name="CountedAt">When its vehicles were counted last; null if they never were, or the log cannot be read.</param>
public sealed record FacilityView(
    long Look, FacilityStamp Stamp, Facility Facility, int Occupied, FacilityState State, OccupancyTrust Trust,
    IReadOnlyList<GateView> Gates, Instant? CountedAt = null);

/// <summary>Numbers the states of a facility in the store.</summary>
/// <param name="Epoch">The life of the store.</param>
/// <param name="Sequence">Counts the facility's changes in this life (<see cref="Ports.FacilityGlance.Sequence"/>).</param>
public readonly record struct FacilityStamp(string Epoch, long Sequence);

/// <summary>All facilities of the city as they were seen in one look.</summary>
/// <param name="Look">The number of the look.</param>
/// <param name="At">When it was read, or when the store turned out to be out of reach.</param>
/// <param name="Facilities">In the order of the city file; null if the store could not be reached.</param>
public sealed record CityView(long Look, Instant At, IReadOnlyList<FacilityView>? Facilities);

/// <summary>A gate as it was seen at one moment.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Presence">Whether it is heard.</param>
/// <param name="LastHeardAt">Its last sign of life; null if there was none.</param>
/// <param name="Unsent">The number of events that it said it has, and that have not arrived.</param>
/// <param name="Condition">Its condition according to the facility's log.</param>
/// <param name="Barrier">How its barrier was by its last heartbeat; null if it does not say.</param>
public sealed record GateView(
    Gate Gate, GatePresence Presence, Instant? LastHeardAt, long Unsent, GateCondition Condition, BarrierPosition? Barrier = null)
{
    /// <summary>
    /// Whether this view has no news for somebody who has seen <paramref name="other"/>. Another sign of life alone is no news, nor is it
    /// that the barrier is up for one vehicle. Each event of a backlog is none either, of which there may be thousands; that there is a
    /// backlog, or none any more, is.
    /// </summary>
    public bool IsLike(GateView other) =>
        Presence == other.Presence && Condition == other.Condition && Standing == other.Standing && (Unsent > 0) == (other.Unsent > 0);

    /// <summary>The barrier's position without the coming and going of vehicles.</summary>
    private BarrierPosition? Standing => Barrier == BarrierPosition.Open ? BarrierPosition.Closed : Barrier;
}

/// <summary>What is known about a facility's occupancy besides the number.</summary>
/// <param name="Confidence">How far to trust the number; the other members say why.</param>
/// <param name="SilentGates">
/// The number of silent gates. A gate that was never heard counts only if another gate of the facility was heard: a facility whose gates
/// send no heartbeats is not in doubt because of that.
/// </param>
/// <param name="Unsent">The number of events that gates said they still have.</param>
/// <param name="Unexplained">Passages since the last count that no stay accounts for.</param>
/// <param name="Correction">
/// What to add to the number of open stays to get the number of vehicles according to the last count; null if nobody ever counted.
/// </param>
public sealed record OccupancyTrust(OccupancyConfidence Confidence, int SilentGates, long Unsent, int Unexplained, int? Correction)
{
    public static readonly OccupancyTrust None = new(OccupancyConfidence.Unknown, 0, 0, 0, null);

    /// <summary>How many vehicles to show for this number of open stays. At least 0.</summary>
    public int Shown(int occupied) => Math.Max(0, occupied + (Correction ?? 0));
}

/// <summary>How far a facility's occupancy can be trusted.</summary>
public enum OccupancyConfidence
{
    /// <summary>Every gate is heard and has sent everything, and a stay accounts for every passage.</summary>
    Exact = 1,

    /// <summary>The number is right by the books, but the books are known to miss something.</summary>
    Reduced = 2,

    /// <summary>The store, or the facility's log in it, cannot be read.</summary>
    Unknown = 3,
}

/// <summary>Whether a gate is heard.</summary>
public enum GatePresence
{
    /// <summary>It gave a sign of life within the last 25 seconds.</summary>
    Online = 1,

    /// <summary>It gave a sign of life earlier, but none within the last 25 seconds.</summary>
    Silent = 2,

    /// <summary>It never gave a sign of life.</summary>
    Never = 3,
}
