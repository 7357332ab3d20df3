using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Audit;

/// <summary>What is to be entered into the chain: see <see cref="AuditEntry"/> for the members.</summary>
public sealed record AuditAct
{
    public required Instant At { get; init; }

    /// <summary>Whether it is an outcome.</summary>
    public bool IsOutcome { get; init; }

    public required string Act { get; init; }

    public required string Target { get; init; }

    public string? Facility { get; init; }

    public required string Staff { get; init; }

    public string? Duty { get; init; }

    public string? Result { get; init; }

    /// <summary>Of an outcome: the entry whose outcome it is, by its number.</summary>
    public long? Intent { get; init; }

    /// <summary>Of an outcome: the entry whose outcome it is, by its source. It precedes this one.</summary>
    public string? IntentSource { get; init; }

    public string? Source { get; init; }

    /// <summary>What can be erased later; null for nothing.</summary>
    public AuditDetail? Detail { get; init; }

    internal AuditEntry ToEntry(long sequence, Instant now, string previous, long? intent, string? detailHash)
    {
        var entry = new AuditEntry
        {
            Sequence = sequence,
            At = At.ToMicroseconds(),
            RecordedAt = now.ToMicroseconds(),
            Kind = IsOutcome ? AuditEntry.OutcomeKind : AuditEntry.IntentKind,
            Act = Act,
            Target = AuditEntry.WellFormed(Target),
            Facility = Facility,
            Staff = AuditEntry.WellFormed(Staff),
            Duty = Duty,
            Result = Result,
            Intent = intent,
            Source = Source,
            DetailHash = detailHash,
            Previous = previous,
        };
        return entry with { Hash = entry.ComputeHash() };
    }
}

/// <summary>What of an act can be erased, because it may name somebody. The chain has only a salted hash of it.</summary>
/// <param name="Reason">Why, as the operator wrote it; null if nobody asked.</param>
/// <param name="Stay">The public name of the stay; null if it is about none.</param>
public sealed record AuditDetail(string? Reason, string? Stay = null)
{
    private const int SaltSize = 16;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The archive's name of the stay, by which the detail is found when its holder is erased.</summary>
    [JsonIgnore]
    public string? ArchivedStay { get; init; }

    /// <summary>Salt and text: the hash in the chain is the SHA-256 of salt, colon and text in UTF-8. The text is JSON.</summary>
    internal (string Salt, string Content) Write() =>
        (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltSize)), AuditEntry.WellFormed(JsonSerializer.Serialize(this, Json)));

    internal static string HashOf(string salt, string content) => AuditEntry.Hex($"{salt}:{content}");

    internal static AuditDetail Read(string content) => JsonSerializer.Deserialize<AuditDetail>(content, Json)!;
}
