using System.Net.Http.Headers;
using Parking.GateProgram;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Traces.Recording;

/// <summary>Asks a service to tell what happens at its gates.</summary>
internal static class RecordingCall
{
    private const string Subject = "recording";

    /// <summary>From when it is answered nothing is missed.</summary>
    /// <param name="http">Has the service's address.</param>
    /// <param name="operatorToken">Of somebody who may record.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, which goes on until it is disposed of.</returns>
    /// <exception cref="ServiceRefusedException">The service does not record for this caller, or cannot be reached.</exception>
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
