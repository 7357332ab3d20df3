using System.Text.Json;

namespace Parking.GateProtocol;

/// <summary>
/// All that a gate must know to decide alone, from <c>/v1/gates/{gateId}/feed</c>, with an entity tag: one call brings a gate that was away up to date.
/// </summary>
public sealed record GateFeed
{
    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>Whether the facility takes vehicles in, as of this feed.</summary>
    public required FacilityState State { get; init; }

    /// <summary>The keys that codes are checked with, as a JSON Web Key Set (RFC 7517): what <c>/.well-known/jwks.json</c> has, without the revoked ones.</summary>
    public required JsonElement Keys { get; init; }

    /// <summary>Ids of keys that must not be believed any more, 8 hexadecimal digits each, even where an older key set has them.</summary>
    public required IReadOnlyList<string> RevokedKeys { get; init; }

    /// <summary>How far before its issue and after its expiry a code is still good, in seconds.</summary>
    public required int SkewSeconds { get; init; }

    /// <summary>How to decide alone.</summary>
    public required OfflineRules Offline { get; init; }

    /// <summary>How long to wait for the service's answer to a scan before deciding alone, in milliseconds.</summary>
    public required int AnswerBudgetMilliseconds { get; init; }

    /// <summary>How often to send a <see cref="Heartbeat"/>, in seconds.</summary>
    public required int HeartbeatSeconds { get; init; }

    /// <summary>How long to keep events beyond their acknowledgement, in hours: the offline horizon.</summary>
    public required int KeepEventsHours { get; init; }
}
