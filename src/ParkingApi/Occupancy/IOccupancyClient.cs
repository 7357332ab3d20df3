namespace Parking.Api.Occupancy;

/// <summary>What the hub says to its clients.</summary>
public interface IOccupancyClient
{
    /// <summary>Once after each subscription, before any change in its scope.</summary>
    Task Snapshot(OccupancySnapshot snapshot);

    /// <summary>At most ten a second for each facility, however many cars pass: the newest state, not each step.</summary>
    Task Changed(OccupancyMessage change);
}
