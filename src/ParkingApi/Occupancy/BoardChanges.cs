namespace Parking.Api.Occupancy;

/// <summary>What is new on the board.</summary>
internal sealed record BoardChanges(IReadOnlyList<OccupancyState> Facilities, IReadOnlyList<GateState> Gates)
{
    public static readonly BoardChanges None = new([], []);

    public bool AreNone => Facilities.Count == 0 && Gates.Count == 0;
}
