namespace Parking.Tariffs;

/// <summary>A text as people read it, in both languages of the service.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Zh, string En);
