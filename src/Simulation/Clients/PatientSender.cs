using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Parking.GateProgram;

namespace Parking.Simulation.Clients;

/// <summary>
/// Sends idempotent requests (fetching a code, replacing a list, reading). Sends them again a few times when the service answers 429 or 503
/// or the connection fails.
/// </summary>
/// <param name="http">Has the service's address.</param>
/// <param name="time">Waits between attempts.</param>
internal sealed class PatientSender(HttpClient http, TimeProvider time)
{
    private const int Attempts = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Sends until an answer comes, and reads it.</summary>
    /// <param name="subject">For error messages: what is requested and for whom.</param>
    /// <param name="create">Creates the request. Called once for each attempt.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ServiceRefusedException">The answer is an error or unexpected, or no answer came.</exception>
    public Task<T> SendAsync<T>(string subject, Func<HttpRequestMessage> create, CancellationToken cancellationToken) =>
        SendAsync(subject, create, (response, ending) => ReadAsync<T>(subject, response, ending), cancellationToken);

    /// <summary>Sends until an answer comes, and reads it with the caller's function.</summary>
    /// <param name="subject">For error messages: what is requested and for whom.</param>
    /// <param name="create">Creates the request. Called once for each attempt.</param>
    /// <param name="read">Reads an answer that is not an error.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ServiceRefusedException">The answer is an error or unexpected, or no answer came.</exception>
    public async Task<T> SendAsync<T>(
        string subject, Func<HttpRequestMessage> create, Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
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
                    return await ReadAnswerAsync(subject, response, read, cancellationToken);
                }
                if (attempt == Attempts || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                {
                    throw new ServiceRefusedException(await ProblemText.DescribeAsync(response, subject, cancellationToken))
                    {
                        Status = response.StatusCode,
                    };
                }
                pause = response.Headers.RetryAfter?.Delta ?? pause;
            }
            catch (Exception error) when (IsLost(error) && attempt == Attempts)
            {
                throw new ServiceRefusedException(
                    $"{subject}: the service cannot be reached at {http.BaseAddress}: {error.Message}", error);
            }
            catch (Exception error) when (IsLost(error))
            {
                // Try again after the wait.
            }
            await Task.Delay(pause < LongestWait ? pause : LongestWait, time, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(string subject, HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(ClientJson.Options, cancellationToken)
        ?? throw new ServiceRefusedException($"{subject}: the answer is empty.");

    /// <summary>Whether the connection failed. A connection that fails while it is made can also throw the socket's exception.</summary>
    private static bool IsLost(Exception error) => error is HttpRequestException or SocketException;

    private static async Task<T> ReadAnswerAsync<T>(
        string subject, HttpResponseMessage response, Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            return await read(response, cancellationToken);
        }
        catch (JsonException error)
        {
            throw new ServiceRefusedException($"{subject}: the answer is not what this version expects: {error.Message}", error);
        }
    }
}

/// <summary>
/// The service did not do what a phone or an operator requested. The message says what was requested and what was answered, without
/// secrets.
/// </summary>
public sealed class ServiceRefusedException : Exception
{
    public ServiceRefusedException(string message)
        : base(message)
    {
    }

    public ServiceRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The status of the answer; null if there was none, or it was not an error.</summary>
    public HttpStatusCode? Status { get; init; }
}
