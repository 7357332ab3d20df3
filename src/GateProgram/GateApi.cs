using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The requests of the gate protocol, without retries. A request that is not answered in time returns a reply without an answer; it
/// does not throw.
/// </summary>
/// <param name="http">Has the service's address. Any number of gates may share it.</param>
/// <param name="gate">The gate's name.</param>
/// <param name="key">The gate's key.</param>
/// <param name="time">Measures round trips and time limits.</param>
internal sealed class GateApi(HttpClient http, string gate, string key, TimeProvider time)
{
    private const string DecideMetric = "decide";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _root = $"/v1/gates/{Uri.EscapeDataString(gate)}/";
    private readonly AuthenticationHeaderValue _authorization = new("Gate", key);

    /// <summary>Sends events. If one of them conflicts, the answer has status 409.</summary>
    public Task<GateReply<UploadAnswer>> UploadAsync(
        UploadBatch batch, SteadyReading now, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync<UploadAnswer>(HttpMethod.Post, "events", Body(batch, now), null, timeout, cancellationToken);

    public Task<GateReply<HeartbeatAnswer>> BeatAsync(Heartbeat heartbeat, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync<HeartbeatAnswer>(
            HttpMethod.Post, "heartbeats", JsonContent.Create(heartbeat, options: GateProtocolJson.Options), null, timeout,
            cancellationToken);

    /// <summary>Fetches the feed. If it has not changed, the status is 304 and there is no answer.</summary>
    public Task<GateReply<GateFeed>> FetchFeedAsync(string? etag, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync<GateFeed>(HttpMethod.Get, "feed", null, etag, timeout, cancellationToken);

    /// <summary>Fetches the next part of the list of revoked certificates.</summary>
    public Task<GateReply<GateRevocations>> ReadRevocationsAsync(long after, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync<GateRevocations>(
            HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"revocations?after={after}"), null, null, timeout,
            cancellationToken);

    /// <summary>Waits for commands that are not among <paramref name="seen"/>.</summary>
    public Task<GateReply<GateCommandList>> WaitForCommandsAsync(
        IEnumerable<string> seen, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var query = string.Join('&', seen.Select(id => $"seen={Uri.EscapeDataString(id)}"));
        return SendAsync<GateCommandList>(
            HttpMethod.Get, query.Length == 0 ? "commands" : $"commands?{query}", null, null, timeout, cancellationToken);
    }

    public Task<GateReply<CommandClaimAnswer>> ClaimAsync(
        string command, CommandClaim claim, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync<CommandClaimAnswer>(
            HttpMethod.Post, $"commands/{Uri.EscapeDataString(command)}/claims",
            JsonContent.Create(claim, options: GateProtocolJson.Options), null, timeout, cancellationToken);

    // Sends the stored bytes of each event unchanged. Nothing is serialised again.
    private static ReadOnlyMemoryContent Body(UploadBatch batch, SteadyReading now)
    {
        var events = batch.Events;
        var body = new ArrayBufferWriter<byte>(160 + events.Sum(stored => stored.Json.Length + 1));
        var keptFrom = batch.KeptFrom is { } kept ? string.Create(CultureInfo.InvariantCulture, $"\"keptFrom\":{kept},") : "";
        var epoch = batch.Epoch is { } known ? $"\"epoch\":\"{JsonEncodedText.Encode(known)}\"," : "";
        var steady = string.Create(CultureInfo.InvariantCulture, $"\"boot\":\"{now.Boot}\",\"steady\":{now.Milliseconds},");
        body.Write(Encoding.UTF8.GetBytes($$"""{"journal":"{{batch.Journal}}",{{keptFrom}}{{epoch}}{{steady}}"events":["""));
        for (var i = 0; i < events.Count; i++)
        {
            body.Write(","u8[..Math.Min(i, 1)]);
            body.Write(events[i].Json.Span);
        }
        body.Write("]}"u8);
        var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = Json;
        return content;
    }

    private async Task<GateReply<T>> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, string? etag, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(_root + path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = _authorization;
        if (etag is not null)
        {
            request.Headers.IfNoneMatch.ParseAdd(etag);
        }
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var sent = time.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var answered = time.GetTimestamp();
            var isGood = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict;
            return new GateReply<T>
            {
                Sent = sent,
                Answered = answered,
                Status = response.StatusCode,
                RetryAfter = ReadRetryAfter(response),
                Decide = ReadDecideTime(response),
                ETag = response.Headers.ETag?.ToString(),
                Answer = isGood ? await ReadAsync<T>(response, cancellationToken) : null,
                Problem = isGood || response.StatusCode == HttpStatusCode.NotModified
                    ? null
                    : await ProblemText.DescribeAsync(response, $"gate {gate}, {path}", cancellationToken),
            };
        }
        catch (Exception error) when (IsNoAnswer(error, cancellationToken))
        {
            return new GateReply<T>
            {
                Sent = sent,
                Answered = time.GetTimestamp(),
                Problem = $"gate {gate}, {path}: no answer: {error.Message}",
            };
        }
    }

    private static bool IsNoAnswer(Exception error, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        HttpRequestException or SocketException or IOException or JsonException or NotSupportedException => true,
        _ => false,
    };

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class =>
        response.StatusCode == HttpStatusCode.Conflict
            ? (await response.Content.ReadFromJsonAsync<ConflictProblem<T>>(ClientJson.Options, cancellationToken))?.Answer
            : await response.Content.ReadFromJsonAsync<T>(ClientJson.Options, cancellationToken);

    private TimeSpan? ReadRetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? header?.Date - time.GetUtcNow();
        return pause is { } value && value < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    /// <summary>Reads the metric <c>decide;dur=1.25</c> (milliseconds) of the Server-Timing header (W3C).</summary>
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

    private sealed record ConflictProblem<T>(T? Answer);
}

/// <summary>The result of a request.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
internal sealed record GateReply<T>
    where T : class
{
    /// <summary>The answer; null if none came or it cannot be used.</summary>
    public T? Answer { get; init; }

    /// <summary>The HTTP status; null if no response came in time.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The wait that the service asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The reading of the steady clock when the request was sent.</summary>
    public required long Sent { get; init; }

    /// <summary>The reading of the steady clock when the answer came or the request was given up.</summary>
    public required long Answered { get; init; }

    /// <summary>The time the service says it took to decide.</summary>
    public TimeSpan? Decide { get; init; }

    public string? ETag { get; init; }

    /// <summary>For a technician: why there is no usable answer.</summary>
    public string? Problem { get; init; }
}
