using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Tariffs.Documents;

namespace Parking.Api.Hosting.Problems;

/// <summary>One way a call can fail, as callers know it: its type never changes its meaning (RFC 9457).</summary>
/// <param name="Name">In kebab-case. The type is <c>urn:parking:</c> and this.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Detail">What to do about it, where nothing better is known of the case at hand.</param>
internal sealed record ProblemKind(string Name, int Status, string Title, string? Detail = null)
{
    public const string TypePrefix = "urn:parking:";

    public string Type => TypePrefix + Name;

    public ProblemHttpResult ToResult(string? detail = null) =>
        TypedResults.Problem(type: Type, title: Title, statusCode: Status, detail: detail ?? Detail);

    /// <summary>With everything that is wrong in a document, each with its place.</summary>
    public ProblemHttpResult ToResult(IReadOnlyList<DocumentError> errors) => TypedResults.Problem(
        type: Type,
        title: Title,
        statusCode: Status,
        detail: Detail,
        extensions: new Dictionary<string, object?> { ["errors"] = errors.Select(error => error.ToContract()).ToList() });

    /// <summary>With members of its own.</summary>
    public ProblemHttpResult ToResult(IDictionary<string, object?> members) =>
        TypedResults.Problem(type: Type, title: Title, statusCode: Status, detail: Detail, extensions: members);
}

/// <summary>Puts what is wrong in a document into the form that callers get.</summary>
internal static class ProblemMapping
{
    public static Contracts.DocumentError ToContract(this DocumentError error) => new(error.Path, error.Problem, error.Expected);
}
