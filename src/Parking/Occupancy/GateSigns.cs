using NodaTime;
using Parking.Facilities;

namespace Parking.Occupancy;

/// <summary>When each gate gave its last sign of life, by this instance's own clock.</summary>
/// <remarks>
/// The store has the time by the clock of the instance that heard the gate, and clocks of instances may differ by more than a gate may be
/// silent. So a new stamp is believed only between the last look, at which the store still had another stamp, and now. A stamp that is seen
/// for the first time is believed: there is nothing to compare it with.
/// </remarks>
internal sealed class GateSigns
{
    /// <summary>
    /// How much earlier than the last look a sign of life may really have been given: an instance writes down signs from uploads a few
    /// seconds late.
    /// </summary>
    private static readonly Duration WrittenLate = Duration.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<GateId, Seen> _seen = [];

    /// <summary>The gate's last sign of life, by this instance's clock.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="stamp">The time that the store has.</param>
    /// <param name="now">When the store was read.</param>
    public Instant LastSign(GateId gate, Instant stamp, Instant now)
    {
        lock (_lock)
        {
            var sign = Instant.Min(stamp, now);
            if (_seen.TryGetValue(gate, out var before))
            {
                if (now < before.LookedAt)
                {
                    return before.Sign;
                }

                sign = stamp == before.Stamp ? before.Sign : Instant.Max(sign, before.LookedAt - WrittenLate);
            }

            _seen[gate] = new(stamp, sign, now);
            return sign;
        }
    }

    private readonly record struct Seen(Instant Stamp, Instant Sign, Instant LookedAt);
}
