using System.Net.Http.Headers;
using Parking.GateProgram;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Traces.Recording;

/// <summary>Requests a recording of the gates' events from a service.</summary>
internal static class RecordingCall
{
    private const string Subject = "recording";

    /// <summary>Begins a recording. Every event after the answer's start is in it.</summary>
    /// <param name="http">Has the service's address.</param>
    /// <param name="operatorToken">The token of an operator who may record.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The answer, whose body continues until it is disposed.</returns>
    /// <exception cref="ServiceRefusedException">The service refuses to record for this caller, or cannot be reached.</exception>
    public static async Task<HttpResponseMessage> BeginAsync(HttpClient http, string operatorToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/recording")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", operatorToken) },
        };
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception error) when (
            error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServiceRefusedException($"{Subject}: the service cannot be reached at {http.BaseAddress}: {error.Message}", error);
        }
        if (response.IsSuccessStatusCode)
        {
            return response;
        }
        using (response)
        {
            throw new ServiceRefusedException(await ProblemText.DescribeAsync(response, Subject, cancellationToken));
        }
    }
}
