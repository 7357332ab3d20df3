using Parking.GateProtocol;

namespace Parking.Api.Stays;

/// <summary>What the rules say of a scan, before anything is reserved or recorded.</summary>
/// <param name="Reason">Why it opens or refuses.</param>
/// <param name="Ends">The open stay that ends with it, whose place is to be given back; null if none does.</param>
internal readonly record struct ScanVerdict(ScanReason Reason, Stay? Ends);
