using System.Text.Json.Serialization;

namespace Parking.Codes;

/// <summary>
/// One stored key: its id in hexadecimal, its times (RFC 3339), and in base64url the coordinates, the private key (named as in a JWK, RFC
/// 7518 section 6.2) and the sealing key.
/// </summary>
internal sealed record StoredKey(string Kid, string AnnouncedAt, string SignsFrom, string X, string Y, string D, string Seal)
{
    /// <summary>When it was revoked (RFC 3339); absent if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevokedAt { get; init; }

    /// <summary>The key's id, so that printing the record reveals no secret.</summary>
    public override string ToString() => Kid;
}
