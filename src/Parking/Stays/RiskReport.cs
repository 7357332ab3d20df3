using NodaTime;
using Parking.Codes;
using Parking.Facilities;
using Parking.Ports;
using Parking.Tariffs.Quotes;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>Finds the stays whose fees may not be collected, over all timelines, and sums the money at risk.</summary>
public sealed class RiskReport(ITimelineStore timelines, CityDirectory city, StayPricing pricing, IClock clock)
{
    /// <param name="isAsked">Which facilities to look at.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RiskList> ListAsync(Predicate<FacilityId> isAsked, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var stays = new List<StayAtRisk>();
        var unreadable = 0;
        await foreach (var holder in timelines.HoldersAsync(cancellationToken))
        {
            try
            {
                var timeline = TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content).Trim(now);
                stays.AddRange(timeline.Stays.Select(stay => city.Judge(stay, now))
                    .Where(stay => IsAtRisk(stay) && isAsked(stay.Facility))
                    .Select(stay => new StayAtRisk(holder, timeline, stay, pricing.MostOf(stay, now))));
            }
            catch (InvalidDataException)
            {
                unreadable++;
            }
        }

        return new(now, stays, unreadable);
    }

    /// <param name="isAsked">Which facilities to look at.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RiskSums> SumAsync(Predicate<FacilityId> isAsked, CancellationToken cancellationToken)
    {
        var (now, stays, unreadable) = await ListAsync(isAsked, cancellationToken);
        var sums = stays.GroupBy(one => (one.Stay.Facility, one.Stay.State))
            .OrderBy(group => group.Key.Facility.Value, StringComparer.Ordinal).ThenBy(group => group.Key.State)
            .Select(group => new RiskSum(
                group.Key.Facility,
                group.Key.State,
                group.Count(),
                group.Sum(one => one.Most?.Total ?? 0),
                group.Select(one => one.Most?.Currency).FirstOrDefault(currency => currency is not null),
                group.Count(one => one.Most is null)));
        return new(now, [.. sums], unreadable);
    }

    private static bool IsAtRisk(Stay stay) => stay.State is StayState.Provisional or StayState.Conflicting or StayState.Uncollectable;
}

/// <summary>The stays at risk.</summary>
/// <param name="AsOf">The time at which they were judged.</param>
/// <param name="Stays">By holder, then by their beginning.</param>
/// <param name="Unreadable">Timelines that could not be read.</param>
public sealed record RiskList(Instant AsOf, IReadOnlyList<StayAtRisk> Stays, int Unreadable);

/// <summary>A stay whose fee may not be collected.</summary>
/// <param name="Holder">Whose it is.</param>
/// <param name="Timeline">The holder's timeline.</param>
/// <param name="Stay">The stay as it was judged.</param>
/// <param name="Most">The most that it can cost; null if it has no price.</param>
public sealed record StayAtRisk(HolderId Holder, Timeline Timeline, Stay Stay, Quote? Most);

/// <summary>The money at risk.</summary>
/// <param name="AsOf">The time of the sums. Open stays count as if they ended then.</param>
/// <param name="Sums">By facility, then by state.</param>
/// <param name="Unreadable">Timelines that could not be read.</param>
public sealed record RiskSums(Instant AsOf, IReadOnlyList<RiskSum> Sums, int Unreadable);

/// <summary>The stays of one facility in one state.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="State">Provisional, conflicting or uncollectable.</param>
/// <param name="Stays">How many.</param>
/// <param name="Amount">The most that they can cost together, in minor units.</param>
/// <param name="Currency">ISO 4217 code; null if none of them has a price.</param>
/// <param name="Unpriced">How many of them have no price.</param>
public sealed record RiskSum(FacilityId Facility, StayState State, int Stays, long Amount, string? Currency, int Unpriced);
