using System.Diagnostics.CodeAnalysis;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>What a client subscribes to, which is also the name of its SignalR group: <c>city</c>, <c>district:id</c> or <c>facility:id</c>.</summary>
internal sealed record OccupancyScope(string Name, IReadOnlyList<Facility> Facilities)
{
    private const string City = "city";

    /// <summary>The scopes in which a change of <paramref name="facility"/> is announced.</summary>
    public static string[] NamesFor(Facility facility) => [City, District(facility.District), Of(facility.Id)];

    /// <summary>Understands a scope's name.</summary>
    /// <returns>False if it is none, or names a district or facility that does not exist.</returns>
    public static bool TryParse(string? name, CityDirectory city, [NotNullWhen(true)] out OccupancyScope? scope)
    {
        var facilities = city.Facilities.Where(facility => NamesFor(facility).Contains(name)).ToList();
        scope = name is not null && facilities.Count > 0 ? new(name, facilities) : null;
        return scope is not null;
    }

    private static string District(DistrictId id) => $"district:{id}";

    private static string Of(FacilityId id) => $"facility:{id}";
}
