using System.Text.Json;

namespace Parking.GateProtocol;

/// <summary>
/// Everything that a gate needs to decide alone, from <c>/v1/gates/{gateId}/feed</c>, with an entity tag. One call updates a gate that was
/// offline.
/// </summary>
public sealed record GateFeed
{
    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>Which way the gate's lane leads. Null from a service of before this member.</summary>
    public GateDirection? Direction { get; init; }

    /// <summary>Whether the facility admits vehicles, at the time of this feed.</summary>
    public required FacilityState State { get; init; }

    /// <summary>
    /// The keys that verify codes, as a JSON Web Key Set (RFC 7517): those of <c>/.well-known/jwks.json</c> without the revoked ones.
    /// </summary>
    public required JsonElement Keys { get; init; }

    /// <summary>
    /// The keys that verify certificates of devices, as a JSON Web Key Set: those of <c>/.well-known/certificate-jwks.json</c> without the
    /// revoked ones. Null from a service of before this member: then every code of a device has an unknown key.
    /// </summary>
    public JsonElement? CertificateKeys { get; init; }

    /// <summary>The ids of revoked keys, 8 hexadecimal digits each. They are not trusted even if an older key set has them.</summary>
    public required IReadOnlyList<string> RevokedKeys { get; init; }

    /// <summary>The clock skew in seconds: how long before its issue and after its expiry a code is valid.</summary>
    public required int SkewSeconds { get; init; }

    /// <summary>The rules for deciding alone.</summary>
    public required OfflineRules Offline { get; init; }

    /// <summary>
    /// For exits: how many hours after its expiry a genuine code still lets somebody out while the gate is cut off; 0 for not at all. Null
    /// from a service of before this member, which means the same.
    /// </summary>
    public int? LateExitHours { get; init; }

    /// <summary>The time to wait for the service's answer to a scan before deciding alone, in milliseconds.</summary>
    public required int AnswerBudgetMilliseconds { get; init; }

    /// <summary>The interval between <see cref="Heartbeat"/> messages, in seconds.</summary>
    public required int HeartbeatSeconds { get; init; }

    /// <summary>The time to keep events after their acknowledgement, in hours: the offline horizon.</summary>
    public required int KeepEventsHours { get; init; }
}

/// <summary>The rules by which a gate decides alone.</summary>
public sealed record OfflineRules
{
    /// <summary>What the gate does with valid codes.</summary>
    public required OfflinePolicy Policy { get; init; }

    /// <summary>The largest number of openings within any 60 minutes that the gate decides alone; 0 to 100,000.</summary>
    public required int OpeningsPerHour { get; init; }
}

/// <summary>What a gate does with valid codes while it cannot reach the service.</summary>
public enum OfflinePolicy
{
    /// <summary>It opens for them, up to a limit per hour.</summary>
    Open = 1,

    /// <summary>It stays shut.</summary>
    Shut = 2,
}

/// <summary>Whether a facility admits vehicles. Exits are never affected.</summary>
public enum FacilityState
{
    /// <summary>It admits vehicles.</summary>
    Open = 1,

    /// <summary>Every space is taken, and the capacity is enforced.</summary>
    Full = 2,

    /// <summary>An operator has closed it to entries.</summary>
    Closed = 3,
}
