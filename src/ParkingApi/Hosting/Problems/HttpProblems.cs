using Microsoft.AspNetCore.Http.HttpResults;

namespace Parking.Api.Hosting.Problems;

/// <summary>The problems that any call may return. Problems of one feature are in its folder.</summary>
internal static class HttpProblems
{
    public static readonly ProblemKind InvalidRequest = new(
        "invalid-request", StatusCodes.Status400BadRequest, "The request is not of the form this call takes");

    public static readonly ProblemKind Unauthenticated = new(
        "unauthenticated",
        StatusCodes.Status401Unauthorized,
        "Nobody is signed in",
        "Send a valid token (Authorization: Bearer …) or a gate's key (Authorization: Gate …).");

    public static readonly ProblemKind Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "This caller may not do this");

    public static readonly ProblemKind GateMismatch = new(
        "gate-mismatch", StatusCodes.Status403Forbidden, "This is another gate's address", "A gate speaks for itself only.");

    public static readonly ProblemKind NotFound = new("not-found", StatusCodes.Status404NotFound, "There is nothing here");

    public static readonly ProblemKind MethodNotAllowed = new(
        "method-not-allowed", StatusCodes.Status405MethodNotAllowed, "This address does not take that method");

    public static readonly ProblemKind NotAcceptable = new(
        "not-acceptable", StatusCodes.Status406NotAcceptable, "This call answers in none of the accepted media types");

    public static readonly ProblemKind BodyTooLarge = new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large");

    public static readonly ProblemKind UnsupportedMediaType = new(
        "unsupported-media-type",
        StatusCodes.Status415UnsupportedMediaType,
        "The body is of a media type that this call does not take",
        "Send application/json; where a call takes lines, application/x-ndjson.");

    public static readonly ProblemKind TooManyRequests = new(
        "too-many-requests", StatusCodes.Status429TooManyRequests, "Too many requests", "Wait as many seconds as Retry-After says.");

    public static readonly ProblemKind InternalError = new(
        "internal-error",
        StatusCodes.Status500InternalServerError,
        "Something broke in the service",
        "It has been logged under this traceId.");

    public static readonly ProblemKind DataUnreadable = new(
        "data-unreadable",
        StatusCodes.Status500InternalServerError,
        "What is stored for this call cannot be read",
        "It is damaged, or of a newer version of the service. It has been logged under this traceId.");

    public static readonly ProblemKind StoreUnavailable = new(
        "store-unavailable",
        StatusCodes.Status503ServiceUnavailable,
        "The store is out of reach",
        "Nothing is known to have changed. Send the same again after as many seconds as Retry-After says.");

    public static readonly ProblemKind BackOfficeUnavailable = new(
        "back-office-unavailable",
        StatusCodes.Status503ServiceUnavailable,
        "The back office is out of reach",
        "Gates work without it. Send the same again after as many seconds as Retry-After says.");

    private static readonly Dictionary<int, ProblemKind> ByStatus = new[]
    {
        InvalidRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable,
        BodyTooLarge, UnsupportedMediaType, TooManyRequests, InternalError, StoreUnavailable,
    }.ToDictionary(kind => kind.Status);

    /// <summary>The answer to a request that is not of the form this call takes.</summary>
    /// <param name="faults">What is wrong, by the member that it is about.</param>
    public static ValidationProblem Invalid(Dictionary<string, string[]> faults) =>
        TypedResults.ValidationProblem(faults, type: InvalidRequest.Type, title: InvalidRequest.Title);

    /// <summary>The problem for a status without one.</summary>
    public static ProblemKind Of(int status) =>
        ByStatus.GetValueOrDefault(status)
        ?? (status < StatusCodes.Status500InternalServerError ? InvalidRequest : InternalError) with { Status = status };
}
