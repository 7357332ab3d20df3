using NodaTime;
using Parking.Facilities;
using Parking.Ports;
using Parking.Tariffs.Quotes;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>Sums the money at risk over all timelines.</summary>
public sealed class RiskReport(ITimelineStore timelines, StayPricing pricing, IClock clock)
{
    /// <param name="facility">One facility; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<RiskSums> SumAsync(FacilityId? facility, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var stays = new List<(Stay Stay, Quote? Quote)>();
        var unreadable = 0;
        await foreach (var holder in timelines.HoldersAsync(cancellationToken))
        {
            try
            {
                var timeline = TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content).Trim(now);
                stays.AddRange(timeline.Stays
                    .Where(stay => IsAtRisk(stay) && (facility is null || stay.Facility == facility))
                    .Select(stay => (stay, pricing.MostOf(stay, now))));
            }
            catch (InvalidDataException)
            {
                unreadable++;
            }
        }

        var sums = stays.GroupBy(one => (one.Stay.Facility, one.Stay.State))
            .OrderBy(group => group.Key.Facility.Value, StringComparer.Ordinal).ThenBy(group => group.Key.State)
            .Select(group => new RiskSum(
                group.Key.Facility,
                group.Key.State,
                group.Count(),
                group.Sum(one => one.Quote?.Total ?? 0),
                group.Select(one => one.Quote?.Currency).FirstOrDefault(currency => currency is not null),
                group.Count(one => one.Quote is null)));
        return new(now, [.. sums], unreadable);
    }

    private static bool IsAtRisk(Stay stay) => stay.State is StayState.Provisional or StayState.Conflicting or StayState.Uncollectable;
}

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
