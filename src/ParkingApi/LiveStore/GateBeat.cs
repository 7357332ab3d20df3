using Parking.Api.Stays;

namespace Parking.Api.LiveStore;

/// <summary>What a gate's heartbeat said of its journal, and how much of it was known to the service by then.</summary>
/// <param name="Journal">The journal it writes.</param>
/// <param name="LastSeq">The number of its newest event; 0 for none.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix at that moment. It may have moved on since.</param>
internal readonly record struct GateBeat(JournalId Journal, long LastSeq, long AcknowledgedThrough);
