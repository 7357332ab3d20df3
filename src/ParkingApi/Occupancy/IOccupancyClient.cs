namespace Parking.Api.Occupancy;

/// <summary>What the hub says to its clients.</summary>
public interface IOccupancyClient
{
    /// <summary>Once after each subscription, before any change in its scope.</summary>
    Task Snapshot(OccupancySnapshot snapshot);

    /// <summary>At most ten a second for each facility, however many cars pass: the newest state, not each step.</summary>
    Task Changed(OccupancyMessage change);

    /// <summary>A gate fell silent or is heard again, lost the service or found it, or something happened at its barrier. In the scopes of its facility.</summary>
    Task GateChanged(GateMessage change);
}
