using NodaTime;
using Parking.Facilities;
using Parking.Logbook;

namespace Parking.Occupancy;

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
