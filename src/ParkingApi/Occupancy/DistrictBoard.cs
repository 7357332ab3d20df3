using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Occupancy;

/// <summary>The sums of districts, as last announced.</summary>
internal sealed class DistrictBoard(OccupancyBoard board, AlarmFeed alarms, CityDirectory city)
{
    private readonly ILookup<DistrictId, Facility> _facilities = city.Facilities.ToLookup(facility => facility.District);
    private readonly Dictionary<DistrictId, DistrictMessage> _announced = [];

    /// <summary>The sums of all districts now.</summary>
    public IReadOnlyList<DistrictMessage> All() => [.. city.Districts.Select(district => SumOf(district.Id))];

    /// <summary>The sums that differ from what was announced before. They count as announced from now on.</summary>
    /// <remarks>Only one caller at a time may call this.</remarks>
    /// <param name="changed">The facilities that have changed, or alarms of theirs.</param>
    public IReadOnlyList<DistrictMessage> TakeChanges(IEnumerable<Facility> changed)
    {
        var news = new List<DistrictMessage>();
        foreach (var district in changed.Select(facility => facility.District).Distinct())
        {
            var sum = SumOf(district);
            if (_announced.GetValueOrDefault(district) != sum)
            {
                _announced[district] = sum;
                news.Add(sum);
            }
        }

        return news;
    }

    private DistrictMessage SumOf(DistrictId district)
    {
        var states = board.StatesOf([.. _facilities[district]]);
        var counts = alarms.CountIn(district);
        return new(
            district.Value,
            states.Count,
            states.Sum(state => state.Facility.Capacity),
            states.Sum(state => state.Occupied ?? 0),
            states.Sum(state => state.Shown ?? 0),
            states.Count(state => state.Shown is null),
            states.Count(state => state.Shown is not null && state.Trust.Confidence != Parking.Occupancy.OccupancyConfidence.Exact),
            states.Count(state => state.State == FacilityState.Full),
            states.Count(state => state.State == FacilityState.Closed),
            states.Sum(state => state.Trust.SilentGates),
            states.Sum(state => state.Trust.Unsent),
            counts.Urgent,
            counts.Important,
            counts.Minor);
    }
}
