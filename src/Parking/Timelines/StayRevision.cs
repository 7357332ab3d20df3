using Parking.Events;

namespace Parking.Timelines;

/// <summary>One change of a stay.</summary>
/// <param name="Version">The version it led to.</param>
/// <param name="Because">The event that was taken in then.</param>
/// <param name="Before">The stay before it.</param>
/// <param name="After">The stay after it.</param>
public sealed record StayRevision(int Version, GateEvent Because, Stay Before, Stay After);
