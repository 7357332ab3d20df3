using System.Diagnostics.CodeAnalysis;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>
/// The scope of a subscription; its name is also that of its SignalR group: <c>city</c>, <c>district:id</c> or <c>facility:id</c>; or
/// <c>districts</c>, in which no single facility is announced.
/// </summary>
internal sealed record OccupancyScope(string Name, IReadOnlyList<Facility> Facilities)
{
    /// <summary>The scope of the districts' sums.</summary>
    public const string Districts = "districts";

    private const string City = "city";

    /// <summary>Whether this is the scope of the districts' sums.</summary>
    public bool IsDistricts => Name == Districts;

    /// <summary>The scopes in which a change of <paramref name="facility"/> is announced.</summary>
    public static string[] NamesFor(Facility facility) => [City, District(facility.District), Of(facility.Id)];

    /// <summary>The scopes in which a matter of the whole city is announced.</summary>
    public static string[] NamesForCity { get; } = [City, Districts];

    /// <summary>Parses the name of a scope.</summary>
    /// <returns>False if the name is invalid, or its district or facility does not exist.</returns>
    public static bool TryParse(string? name, CityDirectory city, [NotNullWhen(true)] out OccupancyScope? scope)
    {
        var facilities = city.Facilities.Where(facility => NamesFor(facility).Contains(name)).ToList();
        var isKnown = facilities.Count > 0 || name is City or Districts || city.Districts.Any(district => District(district.Id) == name);
        scope = name is not null && isKnown ? new(name, facilities) : null;
        return scope is not null;
    }

    private static string District(DistrictId id) => $"district:{id}";

    private static string Of(FacilityId id) => $"facility:{id}";
}
