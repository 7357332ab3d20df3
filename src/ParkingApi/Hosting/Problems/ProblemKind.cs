using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Tariffs.Documents;

namespace Parking.Api.Hosting.Problems;

/// <summary>A kind of failure that callers can tell apart by its type, whose meaning never changes (RFC 9457).</summary>
/// <param name="Name">In kebab-case. The type is <c>urn:parking:</c> followed by this name.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Title">What went wrong, for people.</param>
/// <param name="Detail">What to do about it, unless the call gives a more specific detail.</param>
internal sealed record ProblemKind(string Name, int Status, string Title, string? Detail = null)
{
    public const string TypePrefix = "urn:parking:";

    public string Type => TypePrefix + Name;

    public ProblemHttpResult ToResult(string? detail = null) =>
        TypedResults.Problem(type: Type, title: Title, statusCode: Status, detail: detail ?? Detail);

    /// <summary>A problem with all errors of a document, each with its place.</summary>
    public ProblemHttpResult ToResult(IReadOnlyList<DocumentError> errors) => TypedResults.Problem(
        type: Type,
        title: Title,
        statusCode: Status,
        detail: Detail,
        extensions: new Dictionary<string, object?> { ["errors"] = errors.Select(error => error.ToContract()).ToList() });

    /// <summary>A problem with additional members.</summary>
    public ProblemHttpResult ToResult(IDictionary<string, object?> members, string? detail = null) =>
        TypedResults.Problem(type: Type, title: Title, statusCode: Status, detail: detail ?? Detail, extensions: members);
}

/// <summary>Maps the errors of a document to contracts.</summary>
internal static class ProblemMapping
{
    public static Contracts.DocumentError ToContract(this DocumentError error) => new(error.Path, error.Problem, error.Expected);
}
