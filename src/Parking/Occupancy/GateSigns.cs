using NodaTime;
using Parking.Facilities;

namespace Parking.Occupancy;

/// <summary>When gates gave their last sign of life, by this instance's own clock.</summary>
/// <remarks>
/// The store has the time by the clock of whichever instance heard the gate, and clocks of instances may differ by more than a gate may be silent. So a stamp is taken at its
/// word only between the last look, when another one stood there, and now. A stamp seen for the first time is all there is to go by.
/// </remarks>
internal sealed class GateSigns
{
    /// <summary>How much earlier than the last look a sign may truly have been given: an instance writes down signs of uploads a few seconds late.</summary>
    private static readonly Duration WrittenLate = Duration.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<GateId, Seen> _seen = [];

    /// <param name="gate">Which gate.</param>
    /// <param name="stamp">What the store has.</param>
    /// <param name="now">When it was looked at.</param>
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
