using System.Net.Http.Json;
using System.Text.Json;

namespace Parking.GateProgram;

/// <summary>Describes an error answer (RFC 9457) in one line, with advice for the usual ones.</summary>
public static class ProblemText
{
    /// <param name="response">The error answer.</param>
    /// <param name="subject">What was requested and by whom, without secrets.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, string subject, CancellationToken cancellationToken)
    {
        var problem = await ReadAsync(response, cancellationToken);
        var name = problem?.Type is { Length: > 0 } type && type != "about:blank" ? type : response.ReasonPhrase;
        var advice = (int)response.StatusCode switch
        {
            401 => " The key or token is not one of this service: check the settings file.",
            403 => " The key or token is of somebody else: check the settings file.",
            404 => " Check the name and the address.",
            _ => "",
        };
        var detail = problem?.Detail is { Length: > 0 } text ? $": {text}" : ".";
        return $"{subject}: HTTP {(int)response.StatusCode} {name}{detail}{advice}";
    }

    private static async Task<Problem?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<Problem>(ClientJson.Options, cancellationToken);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed record Problem(string? Type, string? Title, string? Detail);
}
