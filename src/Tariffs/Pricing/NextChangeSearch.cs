using NodaTime;
using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// Finds when a price changes next. Between two instants at which a condition can change or an exit grace can end, a later exit is never
/// cheaper. So doubling and bisection find the first second with another price.
/// </summary>
internal sealed class NextChangeSearch(VersionPricer pricer, CompiledTable table, ParkedStay stay)
{
    private static readonly Duration Horizon = Duration.FromDays(31);

    private readonly long _entry = Seconds.Of(stay.EnteredAt);
    private readonly long _exit = Seconds.Of(stay.ExitedAt);

    public NextChange? Find()
    {
        var now = PriceAt(_exit);
        var horizon = _exit + Math.Min(Seconds.Of(Horizon), Seconds.Of(ParkedStay.MaxLength) - (_exit - _entry));
        for (var same = _exit; same < horizon;)
        {
            var turn = NextTurn(same, horizon);
            var last = Math.Min(turn - 1, horizon);
            if (FirstOtherPrice(same, last, now) is { } found)
            {
                return At(found);
            }

            same = turn;
            if (same <= horizon && PriceAt(same) != now)
            {
                return At(same);
            }
        }

        return null;
    }

    private NextChange At(long second) => new(Instant.FromUnixTimeSeconds(second - 1), PriceAt(second));

    private long PriceAt(long exit) => pricer.PriceAt(table, stay, exit);

    /// <summary>The first second in (same, last] whose price is not <paramref name="now"/>; null if there is none.</summary>
    private long? FirstOtherPrice(long same, long last, long now)
    {
        const long firstStride = 64;
        for (var stride = firstStride; same < last; stride *= 2)
        {
            var ahead = Math.Min(same + stride, last);
            if (PriceAt(ahead) == now)
            {
                same = ahead;
                continue;
            }

            while (ahead - same > 1)
            {
                var middle = same + ((ahead - same) / 2);
                if (PriceAt(middle) == now)
                {
                    same = middle;
                }
                else
                {
                    ahead = middle;
                }
            }

            return ahead;
        }

        return null;
    }

    private long NextTurn(long second, long horizon)
    {
        var next = Seconds.Never;
        foreach (var rate in table.Rates)
        {
            if (rate.Conditions is { } conditions)
            {
                next = Math.Min(next, conditions.NextTurn(_entry, second, horizon));
            }
        }

        foreach (var payment in stay.Payments)
        {
            // The payment, and the end of the grace after it.
            var paidAt = Seconds.Of(payment.PaidAt);
            var graceEnd = paidAt + Seconds.Of(pricer.Version.ExitGrace) + 1;
            next = second < paidAt ? Math.Min(next, paidAt) : second < graceEnd ? Math.Min(next, graceEnd) : next;
        }

        return next;
    }
}
