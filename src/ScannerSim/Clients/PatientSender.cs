using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Parking.ScannerSim.Clients;

/// <summary>
/// Sends requests that may safely be sent again (a fetched code, a replaced list, a reading): a few more times where the service asks for patience
/// (429, 503) or the connection fails.
/// </summary>
/// <param name="http">Has the service's address.</param>
/// <param name="time">Waits.</param>
internal sealed class PatientSender(HttpClient http, TimeProvider time)
{
    private const int Attempts = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Sends until there is an answer, and reads it.</summary>
    /// <param name="subject">What is asked and for whom, for the error message.</param>
    /// <param name="create">Makes the request; called once for each attempt.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="ServiceRefusedException">The answer is an error, or not what was expected, or none came.</exception>
    public async Task<T> SendAsync<T>(string subject, Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = FirstWait * (1 << (attempt - 1));
            try
            {
                using var request = create();
                using var response = await http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return await ReadAsync<T>(subject, response, cancellationToken);
                }
                if (attempt == Attempts || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                {
                    throw new ServiceRefusedException(await ProblemText.DescribeAsync(response, subject, cancellationToken));
                }
                pause = response.Headers.RetryAfter?.Delta ?? pause;
            }
            catch (HttpRequestException error) when (attempt == Attempts)
            {
                throw new ServiceRefusedException($"{subject}: the service cannot be reached at {http.BaseAddress}: {error.Message}", error);
            }
            catch (HttpRequestException)
            {
                // Once more, after the pause.
            }
            await Task.Delay(pause < LongestWait ? pause : LongestWait, time, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(string subject, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ClientJson.Options, cancellationToken)
                ?? throw new ServiceRefusedException($"{subject}: the answer is empty.");
        }
        catch (JsonException error)
        {
            throw new ServiceRefusedException($"{subject}: the answer is not what this version expects: {error.Message}", error);
        }
    }
}
