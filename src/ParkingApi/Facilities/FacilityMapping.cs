using NodaTime;
using Parking.Api.Occupancy;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;
using Parking.Tariffs;

namespace Parking.Api.Facilities;

/// <summary>Maps facilities to contracts.</summary>
internal static class FacilityMapping
{
    /// <param name="facility">The facility.</param>
    /// <param name="view">Its state as read from the store; null if the store was out of reach.</param>
    /// <param name="asOf">When it was read.</param>
    public static Contracts.FacilityAnswer ToContract(this Facility facility, FacilityView? view, Instant asOf) => new()
    {
        Id = facility.Id.Value,
        District = facility.District.Value,
        Name = facility.Name.ToContract(),
        Capacity = facility.Capacity,
        TimeZone = facility.TimeZone.Id,
        Position = facility.Position?.ToContract(),
        State = view?.State,
        Occupancy = view?.ToContract(asOf),
    };

    /// <param name="district">The district.</param>
    /// <param name="facilities">The facilities that lie in it.</param>
    public static Contracts.DistrictAnswer ToContract(this District district, IReadOnlyCollection<Facility> facilities) => new()
    {
        Id = district.Id.Value,
        Name = district.Name.ToContract(),
        Outline = district.Outline.IsEmpty ? null : [.. district.Outline.Select(ToContract)],
        Facilities = facilities.Count,
        TimeZone = facilities.Select(facility => facility.TimeZone.Id).Distinct().ToList() is [var zone] ? zone : null,
    };

    public static BilingualText ToContract(this LocalizedText text) => new(text.Zh, text.En);

    private static IReadOnlyList<int> ToContract(this MapPoint point) => [point.X, point.Y];

    private static Contracts.FacilityOccupancy ToContract(this FacilityView view, Instant asOf) => new()
    {
        Occupied = view.Occupied,
        Free = Math.Max(0, view.Facility.Capacity - view.Occupied),
        AsOf = asOf,
        Confidence = view.Trust.Confidence.ToContract(),
        SilentGates = view.Trust.SilentGates,
        Unsent = view.Trust.Unsent,
        Unexplained = view.Trust.Unexplained,
        Correction = view.Trust.Correction,
        Shown = view.Trust.Shown(view.Occupied),
    };
}
