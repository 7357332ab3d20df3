using Parking.Codes;
using Parking.Events;

namespace Parking.Admission;

/// <summary>What a receipt says.</summary>
/// <param name="Content">The fingerprint of the scan as it was first sent.</param>
/// <param name="Decision">What was decided of it.</param>
/// <param name="Holder">Whose code it was; null for a refusal that concerned nobody.</param>
/// <param name="Scan">The scan as it stood in its holder's timeline; null likewise.</param>
public sealed record ScanReceipt(Fingerprint Content, Decision Decision, HolderId? Holder, ScanEvent? Scan);
