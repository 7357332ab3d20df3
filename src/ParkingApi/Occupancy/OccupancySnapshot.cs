namespace Parking.Api.Occupancy;

/// <summary>The state of everything in a scope: the first message after subscribing.</summary>
/// <param name="Scope">What was subscribed to.</param>
/// <param name="Facilities">Every facility in it.</param>
/// <param name="Gates">Every gate of those.</param>
public sealed record OccupancySnapshot(string Scope, IReadOnlyList<OccupancyMessage> Facilities, IReadOnlyList<GateMessage> Gates);
