namespace Parking.Api.Tests.Gates;

/// <summary>What one driver does next.</summary>
/// <param name="Facility">Where.</param>
/// <param name="IsEntry">At an entry gate, or an exit gate.</param>
/// <param name="ShowsOldCode">Shows the last code again rather than a fresh one.</param>
/// <param name="IsRepeated">The gate posts the scan twice.</param>
internal sealed record Move(string Facility, bool IsEntry, bool ShowsOldCode, bool IsRepeated);
