using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>
/// A problem with a document or a first line, such as <c>invalid-quote-request</c>: everything that is wrong, each with its place.
/// </summary>
public sealed record InvalidDocumentAnswer : ProblemAnswer
{
    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<DocumentError> Errors { get; init; }
}

/// <summary>The problem <c>forbidden</c> of a call that needs a duty which the caller does not have.</summary>
public sealed record MissingDutyAnswer : ProblemAnswer
{
    /// <summary>
    /// The duty, such as <c>operate@facility:f03</c>. Only its kind, such as <c>operate</c>, where the address names no scope: that of a
    /// stay, or of a gate.
    /// </summary>
    public required string Needed { get; init; }
}

/// <summary>One thing that is wrong in a document or a line.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.facilities[2].capacity</c>.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Expected">What would be right.</param>
public sealed record DocumentError(string Path, string Problem, string Expected);
