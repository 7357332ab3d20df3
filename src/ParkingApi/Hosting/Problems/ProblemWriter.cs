using System.Diagnostics;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Problems;

/// <summary>
/// Writes every problem in one form, whether the service or the framework found it. The framework's own writer sends nothing to a
/// caller that accepts only pictures; RFC 9110 (section 12.5.1) allows an answer, and the caller learns the reason.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    private const string TraceId = "traceId";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode;

        // The framework's problems have the section of an RFC as type; only those of this service have a type of their own.
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

    /// <summary>A member's name as the caller writes it, not as C# does.</summary>
    private static string MemberName(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
