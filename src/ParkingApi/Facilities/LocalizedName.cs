namespace Parking.Api.Facilities;

/// <summary>A name as people read it.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
internal sealed record LocalizedName(string Zh, string En);
