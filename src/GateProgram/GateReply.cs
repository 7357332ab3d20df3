using System.Net;

namespace Parking.GateProgram;

/// <summary>What came of a request.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed record GateReply<T>
    where T : class
{
    /// <summary>The answer; null where there was none, or none that can be used.</summary>
    public T? Answer { get; init; }

    /// <summary>The status; null where nothing came in time.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The steady clock when the request was sent.</summary>
    public required long Sent { get; init; }

    /// <summary>The steady clock when it was answered or given up.</summary>
    public required long Answered { get; init; }

    /// <summary>What the service says that deciding took.</summary>
    public TimeSpan? Decide { get; init; }

    public string? ETag { get; init; }

    /// <summary>What a technician should know: why there is no answer that can be used.</summary>
    public string? Problem { get; init; }
}
