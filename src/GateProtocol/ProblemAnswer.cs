using System.Text.Json.Serialization;

namespace Parking.GateProtocol;

/// <summary>
/// The answer to a call that failed: a problem document (RFC 9457), with the media type <c>application/problem+json</c>. Some types have a
/// member of their own.
/// </summary>
public record ProblemAnswer
{
    /// <summary>Which problem: <c>urn:parking:</c> and a name that never changes its meaning.</summary>
    [JsonPropertyOrder(-1)]
    public required string Type { get; init; }

    /// <summary>What it is, for people.</summary>
    [JsonPropertyOrder(-1)]
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    [JsonPropertyOrder(-1)]
    public required int Status { get; init; }

    /// <summary>What to do about it, for people; left out where there is nothing to say.</summary>
    [JsonPropertyOrder(-1)]
    public string? Detail { get; init; }

    /// <summary>Under which the service has logged the call.</summary>
    [JsonPropertyOrder(1)]
    public required string TraceId { get; init; }
}

/// <summary><c>invalid-request</c>, where members of the request were read and break a rule.</summary>
public sealed record InvalidMembersAnswer : ProblemAnswer
{
    /// <summary>What is wrong, for people, by the member's path: <c>events[0].seq</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; }
}

/// <summary><c>event-conflict</c>: an uploaded event has the identity of a stored event with different content.</summary>
public sealed record EventConflictAnswer : ProblemAnswer
{
    /// <summary>What became of each event, as if there was no conflict.</summary>
    public required UploadAnswer Answer { get; init; }
}
