namespace Parking.GateProtocol;

/// <summary>A text for people, in two languages.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record BilingualText(string Zh, string En);
