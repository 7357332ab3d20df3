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

/// <summary>One thing that is wrong in a document or a line.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.facilities[2].capacity</c>.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Expected">What would be right.</param>
public sealed record DocumentError(string Path, string Problem, string Expected);
