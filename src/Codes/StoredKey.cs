using System.Text.Json.Serialization;

namespace Parking.Codes;

/// <summary>
/// One key: its id in hexadecimal, its times (RFC 3339), and in base64url the coordinates and private part (named as in a JWK, RFC 7518
/// section 6.2) and the sealing key.
/// </summary>
internal sealed record StoredKey(string Kid, string AnnouncedAt, string SignsFrom, string X, string Y, string D, string Seal)
{
    /// <summary>When it was revoked (RFC 3339); absent if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevokedAt { get; init; }

    /// <summary>Nothing secret, wherever the record may be printed.</summary>
    public override string ToString() => Kid;
}
