using System.Collections.Concurrent;
using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.Tariffs;
using Parking.Tariffs.Quotes;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>
/// What a stay costs: the only place that says so, for the driver's phone, the gate's answer and the operator alike. It goes by the stay's recorded terms and
/// the city's tariffs and by nothing else.
/// </summary>
/// <remarks>
/// <para>No price, null: where the facility has no tariff; where one end was seen by nobody (a missed entry, a missed exit); beyond <see cref="ParkedStay.MaxLength"/>.</para>
/// <para>A stay entered before terms were recorded is a car's without entitlements, by the version in force at its entry.</para>
/// </remarks>
public sealed partial class StayPricing(CityDirectory city, ILogger<StayPricing> logger)
{
    private readonly ConcurrentDictionary<(FacilityId Facility, int Version), bool> _missedVersions = [];

    /// <summary>The fee of a stay that exited; of an open one, what it would be if it ended at <paramref name="now"/>.</summary>
    public Quote? QuoteOf(Stay stay, Instant now) => Price(stay, now, static (version, parked) => version.Quote(parked));

    /// <summary>As <see cref="QuoteOf"/>, without lines.</summary>
    public Quote? TotalsOf(Stay stay, Instant now) => Price(stay, now, static (version, parked) => version.QuoteWithoutLines(parked));

    /// <summary>
    /// The most that a stay can come to, for what is at risk: of one whose exit nobody saw, as if it had ended when that was found. Null where nothing can be said.
    /// </summary>
    public Quote? MostOf(Stay stay, Instant now) =>
        TotalsOf(stay.Ending is StayEnding.MissedExit or StayEnding.Inventory ? stay with { Ending = StayEnding.Exited } : stay, now);

    /// <summary>When the price of an open stay changes next; null too if it does not for a month.</summary>
    public NextChange? NextChangeOf(Stay stay, Instant now) =>
        stay.IsOpen ? Price(stay, now, static (version, parked) => version.NextChange(parked)) : null;

    private T? Price<T>(Stay stay, Instant now, Func<TariffVersion, ParkedStay, T?> price)
        where T : class
    {
        try
        {
            return ParkedUntil(stay, now) is { } parked && VersionFor(stay, parked.EnteredAt) is { } version ? price(version, parked) : null;
        }
        catch (Exception e)
        {
            // A mistake of ours in a price must not keep a barrier shut: whoever is inside gets out, and the log says what to collect later.
            NotPriced(logger, e, stay.Facility, stay.Id);
            return null;
        }
    }

    private static ParkedStay? ParkedUntil(Stay stay, Instant now)
    {
        if (stay.EnteredAt is not { } enteredAt || stay.Ending is not (StayEnding.Open or StayEnding.Exited))
        {
            return null;
        }

        // An entry decided by an instance whose clock is ahead may lie after now.
        var until = Instant.Max(stay.EndedAt ?? now, enteredAt);
        return until - enteredAt > ParkedStay.MaxLength ? null : new ParkedStay
        {
            EnteredAt = enteredAt,
            ExitedAt = until,
            VehicleClass = stay.Terms?.VehicleClass ?? VehicleClass.Car,
            Entitlements = stay.Terms?.Entitlements.Names ?? [],
            OccupancyPercent = stay.Terms?.OccupancyPercent,
        };
    }

    private TariffVersion? VersionFor(Stay stay, Instant enteredAt)
    {
        if (city.FindFacility(stay.Facility)?.Tariff is not { } tariff)
        {
            return null;
        }

        if (stay.Terms is { TariffVersion: var number })
        {
            if (tariff.FindVersion(number) is { } recorded)
            {
                return recorded;
            }

            if (_missedVersions.TryAdd((stay.Facility, number), true))
            {
                VersionMissing(logger, stay.Facility, tariff.Id, number);
            }
        }

        return tariff.InForceAt(enteredAt);
    }

    [LoggerMessage(4005, LogLevel.Warning, "Stays at {Facility} were entered under version {Version} of tariff {Tariff}, which its file no longer has: they are priced by the one in force at their entry. Put it back", EventName = "TariffVersionMissing")]
    private static partial void VersionMissing(ILogger logger, FacilityId facility, string tariff, int version);

    [LoggerMessage(4006, LogLevel.Error, "The stay {Stay} at {Facility} could not be priced and has no fee", EventName = "StayNotPriced")]
    private static partial void NotPriced(ILogger logger, Exception exception, FacilityId facility, GateEventId stay);
}
