using Parking.Tariffs;

namespace Parking.Api.Facilities;

/// <summary>A part of the city that facilities are grouped by.</summary>
internal sealed record District(DistrictId Id, LocalizedText Name);
