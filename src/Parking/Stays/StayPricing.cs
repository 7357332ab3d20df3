using System.Collections.Concurrent;
using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.Tariffs;
using Parking.Tariffs.Quotes;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>
/// Prices stays. All prices come from here: for the driver's phone, the gate's answer and the operator. A price depends on the stay's
/// recorded terms and the city's tariffs, and on nothing else.
/// </summary>
/// <remarks>
/// <para>There is no price (null) where the facility has no tariff, where nobody saw one end of the stay (a missed entry, a missed exit),
/// and for stays longer than <see cref="ParkedStay.MaxLength"/>.</para>
/// <para>A stay is priced up to the longest plausible one at its facility; only the most that it can cost goes beyond.</para>
/// <para>A stay that was entered before terms were recorded is priced as a car without entitlements, by the version in force at its
/// entry.</para>
/// </remarks>
public sealed partial class StayPricing(CityDirectory city, ILogger<StayPricing> logger)
{
    private readonly ConcurrentDictionary<(FacilityId Facility, int Version), bool> _missedVersions = [];

    /// <summary>The fee of a stay that exited; for an open stay, the fee if it ended at <paramref name="now"/>.</summary>
    public Quote? QuoteOf(Stay stay, Instant now) => Price(stay, now, Limit(stay), static (version, parked) => version.Quote(parked));

    /// <summary>Like <see cref="QuoteOf"/>, without lines.</summary>
    public Quote? TotalsOf(Stay stay, Instant now) => TotalsOf(stay, now, Limit(stay));

    /// <summary>
    /// The most that a stay can cost, for the sums at risk. A stay whose exit nobody saw counts as if it had ended when that was found, and
    /// a time in doubt as the dearer bound. Null if nothing can be said.
    /// </summary>
    public Quote? MostOf(Stay stay, Instant now) => TotalsOf(
        stay with
        {
            EnteredAt = stay.EarliestEntry ?? stay.EnteredAt,
            EndedAt = stay.LatestExit ?? stay.EndedAt,
            Ending = stay.Ending is StayEnding.MissedExit or StayEnding.Inventory ? StayEnding.Exited : stay.Ending,
        },
        now,
        ParkedStay.MaxLength);

    /// <summary>
    /// When the price of an open stay changes next. Null also if it does not change for a month, or not within the longest plausible stay.
    /// </summary>
    public NextChange? NextChangeOf(Stay stay, Instant now) =>
        stay.IsOpen && Price(stay, now, Limit(stay), static (version, parked) => version.NextChange(parked)) is { } next
            && next.LeaveBy < stay.EnteredAt + Limit(stay)
            ? next
            : null;

    private Duration Limit(Stay stay) => city.LongestStayAt(stay.Facility);

    private Quote? TotalsOf(Stay stay, Instant now, Duration limit) =>
        Price(stay, now, limit, static (version, parked) => version.QuoteWithoutLines(parked));

    private T? Price<T>(Stay stay, Instant now, Duration limit, Func<TariffVersion, ParkedStay, T?> price)
        where T : class
    {
        try
        {
            return ParkedUntil(stay, now, limit) is { } parked && VersionFor(stay, parked.EnteredAt) is { } version
                ? price(version, parked)
                : null;
        }
        catch (Exception e)
        {
            // A defect in pricing must not keep a barrier shut: the vehicle gets out, and the log says what to collect later.
            NotPriced(logger, e, stay.Facility, stay.Id);
            return null;
        }
    }

    private static ParkedStay? ParkedUntil(Stay stay, Instant now, Duration limit)
    {
        if (stay.EnteredAt is not { } enteredAt || stay.Ending is not (StayEnding.Open or StayEnding.Exited))
        {
            return null;
        }

        // An entry decided by an instance whose clock is ahead may lie after now.
        var length = Duration.Max((stay.EndedAt ?? now) - enteredAt, Duration.Zero);
        return length > ParkedStay.MaxLength ? null : new ParkedStay
        {
            EnteredAt = enteredAt,
            ExitedAt = enteredAt + Duration.Min(length, limit),
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

    [LoggerMessage(
        4005,
        LogLevel.Warning,
        "Stays at {Facility} were entered under version {Version} of tariff {Tariff}, which its file no longer has. "
            + "They are priced by the version in force at their entry. Put the missing version back into the file",
        EventName = "TariffVersionMissing")]
    private static partial void VersionMissing(ILogger logger, FacilityId facility, string tariff, int version);

    [LoggerMessage(4006, LogLevel.Error, "The stay {Stay} at {Facility} could not be priced and has no fee", EventName = "StayNotPriced")]
    private static partial void NotPriced(ILogger logger, Exception exception, FacilityId facility, GateEventId stay);
}
