using Parking.Tariffs;

namespace Parking.Facilities;

/// <summary>A part of the city that facilities are grouped by.</summary>
public sealed record District(DistrictId Id, LocalizedText Name);
