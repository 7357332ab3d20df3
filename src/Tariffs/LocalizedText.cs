namespace Parking.Tariffs;

/// <summary>A text for people, in both languages of the service.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Zh, string En);
