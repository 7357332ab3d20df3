using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parking.GateProtocol;
using Parking.ScannerSim.Clients;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// Posts one gate's scans. An attempt without an answer (no connection, timeout, 5xx, 429) is repeated with the same identity and content, which the
/// service answers with the first answer; so no retry can open a barrier twice.
/// </summary>
/// <param name="http">Has the service's address; no other headers are needed.</param>
/// <param name="gate">The gate's name.</param>
/// <param name="key">Its key.</param>
/// <param name="options">How patient it is.</param>
/// <param name="time">Measures and waits.</param>
internal sealed class GateClient(HttpClient http, string gate, string key, GateClientOptions options, TimeProvider time)
{
    private const string DecideMetric = "decide";

    private readonly Uri _address = new($"/v1/gates/{Uri.EscapeDataString(gate)}/scans", UriKind.Relative);
    private readonly AuthenticationHeaderValue _authorization = new("Gate", key);

    /// <summary>Posts a scan until it is answered.</summary>
    /// <exception cref="ScanFailedException">The service does not take it as it is, or the budget ran out.</exception>
    public async Task<ScanExchange> PostAsync(ScanRequest scan, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var wait = options.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var (response, error) = await TrySendAsync(scan, cancellationToken);
            using (response)
            {
                if (response is { IsSuccessStatusCode: true })
                {
                    var answer = await ReadAnswerAsync(response, cancellationToken);
                    return new ScanExchange(answer, time.GetElapsedTime(started), ReadDecideTime(response), attempt);
                }
                if (response is not null && !IsWorthRepeating(response.StatusCode))
                {
                    throw new ScanFailedException(await ProblemText.DescribeAsync(response, $"gate {gate}, {scan}", cancellationToken));
                }
                var pause = RetryAfter(response) ?? wait;
                if (time.GetElapsedTime(started) + pause > options.Budget)
                {
                    var last = response is null ? error?.Message ?? "no answer in time" : $"HTTP {(int)response.StatusCode}";
                    throw new ScanFailedException($"gate {gate}, {scan}: no answer after {attempt} attempts ({last}).", error);
                }
                await Task.Delay(pause, time, cancellationToken);
            }
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, options.LongestWait.Ticks));
        }
    }

    /// <summary>One attempt. No response: the connection failed, or it took too long.</summary>
    private async Task<(HttpResponseMessage? Response, Exception? Error)> TrySendAsync(ScanRequest scan, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address);
        request.Headers.Authorization = _authorization;
        request.Content = JsonContent.Create(scan, options: GateProtocolJson.Options);
        try
        {
            return (await http.SendAsync(request, either.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (HttpRequestException error)
        {
            return (null, error);
        }
    }

    private async Task<ScanAnswer> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<ScanAnswer>(ClientJson.Options, cancellationToken)
                ?? throw new ScanFailedException($"gate {gate}: the answer is empty.");
        }
        catch (JsonException error)
        {
            throw new ScanFailedException($"gate {gate}: the answer is not one of this protocol: {error.Message}", error);
        }
    }

    private static bool IsWorthRepeating(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var pause = header?.Delta ?? header?.Date - time.GetUtcNow();
        return pause is { } value && value < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    /// <summary>The metric <c>decide;dur=1.25</c> (milliseconds) of the header Server-Timing (W3C).</summary>
    private static TimeSpan? ReadDecideTime(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Server-Timing", out var values))
        {
            return null;
        }
        var metric = values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
            .Select(entry => entry.Split(';', StringSplitOptions.TrimEntries)).FirstOrDefault(parts => parts[0] == DecideMetric);
        var duration = metric?.FirstOrDefault(part => part.StartsWith("dur=", StringComparison.Ordinal))?[4..];
        return double.TryParse(duration, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds >= 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
    }
}
