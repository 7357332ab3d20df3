using NodaTime;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Checks the values of a profile.</summary>
internal static class ProfileCheck
{
    private const int MaxLanes = 20, MaxCapacity = 100_000, MaxIdLength = 20;
    private const double MaxArrivals = 100_000, MaxMinutes = 60 * 24 * 60;

    /// <summary>All faults, each with its place in the profile.</summary>
    public static IEnumerable<string> FaultsOf(CityProfile profile)
    {
        if (profile.Districts.Contains(null!) || profile.Kinds.Any(kind => kind is null || kind.Arrivals.Contains(null!)))
        {
            yield return "districts, kinds, arrivals: must not contain null";
            yield break;
        }
        if (profile.Profile != CityProfile.Version)
        {
            yield return $"profile: must be {CityProfile.Version}";
        }
        if (profile.Districts.Count == 0 || profile.Kinds.Count == 0)
        {
            yield return "districts, kinds: each must have at least one";
        }
        for (var index = 0; index < profile.Districts.Count; index++)
        {
            if (!IsId(profile.Districts[index].Id) || profile.Districts.Take(index).Any(other => other.Id == profile.Districts[index].Id))
            {
                yield return $"districts[{index}].id: must be 1 to {MaxIdLength} of a-z, 0-9 and -, and no other district's";
            }
        }
        for (var index = 0; index < profile.Kinds.Count; index++)
        {
            foreach (var fault in FaultsOf(profile.Kinds[index]))
            {
                yield return $"kinds[{index}].{fault}";
            }
        }
        foreach (var (name, share) in SharesOf(profile))
        {
            if (share is not (>= 0 and <= 1))
            {
                yield return $"{name}: must be from 0 to 1";
            }
        }
        if (profile.Inventories.To < profile.Inventories.From)
        {
            yield return "inventories.to: must not be before from";
        }
    }

    private static IEnumerable<string> FaultsOf(FacilityKind kind)
    {
        if (kind.Share is not (> 0 and < double.PositiveInfinity))
        {
            yield return "share: must be more than 0";
        }
        if (kind.Entries is < 1 or > MaxLanes || kind.Exits is < 1 or > MaxLanes)
        {
            yield return $"entries, exits: must be from 1 to {MaxLanes}";
        }
        if (kind.Capacity is < 1 or > MaxCapacity)
        {
            yield return $"capacity: must be from 1 to {MaxCapacity}";
        }
        if (kind.StayMinutes.Count < 2 || kind.StayMinutes[0] < 0 || kind.StayMinutes[^1] > MaxMinutes
            || kind.StayMinutes.Zip(kind.StayMinutes.Skip(1)).Any(pair => !(pair.First <= pair.Second)))
        {
            yield return $"stayMinutes: must be two numbers or more, ascending, from 0 to {MaxMinutes}";
        }
        var days = kind.Arrivals.SelectMany(arrivals => arrivals.Days).ToList();
        if (days.Count != 7 || days.Distinct().Count() != 7 || days.Contains(IsoDayOfWeek.None))
        {
            yield return "arrivals: must have each day of the week once";
        }
        if (kind.Arrivals.Any(arrivals => arrivals.Hours.Count != 24 || arrivals.Hours.Any(rate => rate is not (>= 0 and <= MaxArrivals))))
        {
            yield return $"arrivals.hours: must be 24 numbers from 0 to {MaxArrivals}";
        }
    }

    private static IEnumerable<(string Name, double Share)> SharesOf(CityProfile profile)
    {
        var shares = profile.Shares;
        return
        [
            ("shares.missedEntries", shares.MissedEntries), ("shares.missedExits", shares.MissedExits),
            ("shares.openedByHand", shares.OpenedByHand),
            ("shares.backedOut", shares.BackedOut), ("shares.usedTwice", shares.UsedTwice), ("shares.zeroStays", shares.ZeroStays),
            ("shares.nextStops", shares.NextStops), ("shares.regulars", shares.Regulars), ("shares.withoutVehicle", shares.WithoutVehicle),
            ("shares.electric", shares.Electric), ("shares.deviceCodes", shares.DeviceCodes),
            ("shares.barrierFaults", shares.BarrierFaults),
            ("shares.expired", shares.Expired), ("shares.forged", shares.Forged), ("shares.damaged", shares.Damaged),
            ("shares.foreign", shares.Foreign),
            ("shares.expired, forged, damaged and foreign together", shares.Expired + shares.Forged + shares.Damaged + shares.Foreign),
            ("inventories.share", profile.Inventories.Share), ("inventories.bareCounts", profile.Inventories.BareCounts),
        ];
    }

    private static bool IsId(string text) =>
        text.Length is > 0 and <= MaxIdLength
            && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
}
