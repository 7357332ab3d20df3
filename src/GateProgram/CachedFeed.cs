using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>A feed as it lies on a gate's disk.</summary>
/// <param name="ETag">Its entity tag, quotes and all.</param>
/// <param name="Feed">What it says.</param>
internal sealed record CachedFeed(string ETag, GateFeed Feed);
