using System.ComponentModel.DataAnnotations;

namespace Parking.Api.Hosting.Limits;

/// <summary>How much callers may ask for.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Codes that a citizen may ask for in a minute. Default 12; 1 to 6000.</summary>
    [Range(1, 6000)]
    public int MintsPerMinute { get; set; } = 12;

    /// <summary>Scans that a gate may post in a second. Default 20; 1 to 10,000. A gate that catches up after an outage posts as fast as it may.</summary>
    [Range(1, 10_000)]
    public int ScansPerSecond { get; set; } = 20;

    /// <summary>Calls for quotes that a citizen may make in a minute, each with as many stays as one likes. Default 12; 1 to 6000.</summary>
    [Range(1, 6000)]
    public int QuotesPerMinute { get; set; } = 12;
}
