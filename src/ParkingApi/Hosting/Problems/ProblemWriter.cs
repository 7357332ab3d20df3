using System.Diagnostics;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Problems;

/// <summary>
/// Writes every problem, whoever noticed it, in one form. The framework's own writer stays silent towards a caller who accepts only
/// pictures; RFC 9110 (section 12.5.1) allows to answer, and a caller who learns why is better served.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    private const string TraceId = "traceId";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode;

        // Whatever the framework makes points to a section of an RFC; only ours have a type of their own.
        if (problem.Type?.StartsWith(ProblemKind.TypePrefix, StringComparison.Ordinal) != true)
        {
            var kind = HttpProblems.Of(problem.Status.Value);
            problem.Type = kind.Type;
            problem.Title = kind.Title;
            problem.Detail ??= kind.Detail;
        }

        if (problem is HttpValidationProblemDetails { Errors: { Count: > 0 } errors } invalid)
        {
            invalid.Errors = errors.ToDictionary(error => MemberName(error.Key), error => error.Value);
            invalid.Detail = string.Join(' ', errors.Values.SelectMany(messages => messages));
        }

        problem.Extensions[TraceId] = Activity.Current?.Id ?? http.TraceIdentifier;
        http.Response.StatusCode = problem.Status.Value;
        await http.Response.WriteAsJsonAsync(
            problem, problem.GetType(), json.Value.SerializerOptions, MediaTypeNames.Application.ProblemJson, http.RequestAborted);
    }

    /// <summary>A member as the caller wrote it, not as C# does.</summary>
    private static string MemberName(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
