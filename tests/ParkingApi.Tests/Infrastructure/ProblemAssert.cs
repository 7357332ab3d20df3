using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Problems are contract: asserted whole.</summary>
internal static class ProblemAssert
{
    /// <summary>
    /// Asserts that an answer is exactly this problem, with nothing but <paramref name="members"/> beside what all have, and returns its
    /// detail.
    /// </summary>
    public static async Task<string?> IsAsync(
        HttpResponseMessage response, HttpStatusCode status, string name, params IEnumerable<string> members)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Assert.Equal((status, $"urn:parking:{name}"), (response.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.Subset(
            new HashSet<string>(["type", "title", "status", "detail", "errors", "traceId", .. members]),
            problem.EnumerateObject().Select(member => member.Name).ToHashSet());
        var detail = problem.TryGetProperty("detail", out var found) ? found.GetString() : null;
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
        return detail;
    }
}
