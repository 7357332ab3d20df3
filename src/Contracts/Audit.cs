using System.Text.Json.Serialization;
using NodaTime;

namespace Parking.Contracts;

/// <summary>A page of what operators did, newest first.</summary>
/// <param name="Acts">The acts.</param>
/// <param name="Next">Send it as <c>before</c> with the same query for the acts before these; null if there are no more.</param>
public sealed record AuditAnswer(IReadOnlyList<AuditRecord> Acts, long? Next);

/// <summary>An act of an operator, with what came of it.</summary>
public sealed record AuditRecord
{
    /// <summary>The number of its entry in the chain.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was to be done; for a command, when it was queued.</summary>
    public required Instant At { get; init; }

    /// <summary>What was done, in snake case, such as <c>close_facility</c> or <c>open_once</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What it was about: a kind, a colon and a name, such as <c>gate:hsp-out-1</c>; or <c>city</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The facility; null if it was about none.</summary>
    public string? Facility { get; init; }

    /// <summary>Who did it: the claim <c>staff</c>.</summary>
    public required string Staff { get; init; }

    /// <summary>The duty that allowed it.</summary>
    public string? Duty { get; init; }

    /// <summary>Why, as the operator wrote it; null if nobody asked, or it was erased.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the stay that it was about; null if it was about none, or the id was erased.</summary>
    public string? Stay { get; init; }

    /// <summary>When reason and stay were erased; null if they were not.</summary>
    public Instant? ErasedAt { get; init; }

    /// <summary>What came of it, oldest first; empty as long as nothing is known.</summary>
    public required IReadOnlyList<AuditOutcome> Outcomes { get; init; }
}

/// <summary>Something that came of an act.</summary>
/// <param name="Sequence">The number of its entry in the chain.</param>
/// <param name="At">When.</param>
/// <param name="Result">
/// <c>done</c>, or the name of the problem. Of a command: <c>granted</c>, <c>obeyed</c>, or <c>not_obeyed:</c> and the obstacle. Of a
/// recording also <c>ended</c>. Of an alarm that was raised anew since it was seen: <c>other-occurrence</c>.
/// </param>
public sealed record AuditOutcome(long Sequence, Instant At, string Result);

/// <summary>A line of the exported chain.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExportedAuditEntry), "entry")]
[JsonDerivedType(typeof(ExportedAuditHead), "head")]
public abstract record AuditExportLine;

/// <summary>An entry of the chain. Times are microseconds since 1970 in UTC, hashes 64 lowercase hexadecimal digits.</summary>
public sealed record ExportedAuditEntry : AuditExportLine
{
    /// <summary>1 for the first entry, and without a gap from then on.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public required long At { get; init; }

    /// <summary>When it was entered.</summary>
    public required long RecordedAt { get; init; }

    /// <summary><c>intent</c> or <c>outcome</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What was done.</summary>
    public required string Act { get; init; }

    /// <summary>What it was about.</summary>
    public required string Target { get; init; }

    /// <summary>The facility; null if it was about none.</summary>
    public string? Facility { get; init; }

    /// <summary>Who did it.</summary>
    public required string Staff { get; init; }

    /// <summary>The duty that allowed it; null if it was not recorded.</summary>
    public string? Duty { get; init; }

    /// <summary>Of an outcome: what came of it.</summary>
    public string? Result { get; init; }

    /// <summary>Of an outcome: the entry whose outcome it is.</summary>
    public long? Intent { get; init; }

    /// <summary>Names what was entered only once.</summary>
    public string? Source { get; init; }

    /// <summary>The hash of what can be erased: of salt, a colon and detail.</summary>
    public string? DetailHash { get; init; }

    /// <summary>The hash of the entry before; zeros in the first.</summary>
    public required string Previous { get; init; }

    /// <summary>The hash of this entry.</summary>
    public required string Hash { get; init; }

    /// <summary>Null if there is no detail, or it was erased.</summary>
    public string? Salt { get; init; }

    /// <summary>The detail as it was hashed, a JSON text; null if there is none, or it was erased.</summary>
    public string? Detail { get; init; }
}

/// <summary>A signed end of the chain.</summary>
public sealed record ExportedAuditHead : AuditExportLine
{
    /// <summary>A compact JSON Web Signature (ES256) over the number and the hash of the last entry, and the time.</summary>
    public required string Head { get; init; }
}
