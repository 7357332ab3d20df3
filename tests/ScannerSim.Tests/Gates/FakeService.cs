using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A service in this process that answers as it is told, one answer after the other, and keeps what it was sent.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    /// <summary>The bodies it was sent, each as its path and its text.</summary>
    public IReadOnlyList<string> Received => [.. _bodies];

    public string? LastAuthorization { get; private set; }

    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://service.invalid") };

    public FakeService ThenAnswer(ScanAnswer answer, string? serverTiming = null) => Then((_, _) =>
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, options: GateProtocolJson.Options) };
        if (serverTiming is not null)
        {
            response.Headers.Add("Server-Timing", serverTiming);
        }
        return Task.FromResult(response);
    });

    public FakeService ThenJson(string json) => Then((_, _) => Task.FromResult(
        new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") }));

    public FakeService ThenStatus(HttpStatusCode status, TimeSpan? retryAfter = null, string? body = null) => Then((_, _) =>
    {
        var response = new HttpResponseMessage(status)
        {
            Content = new StringContent(body ?? "", System.Text.Encoding.UTF8, "application/problem+json"),
        };
        response.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
        return Task.FromResult(response);
    });

    public FakeService ThenBreak() => Then((_, _) => throw new HttpRequestException("the connection broke"));

    /// <summary>Does not answer.</summary>
    /// <param name="meanwhile">Called when the request has come, to let time go by.</param>
    public FakeService ThenHang(Action meanwhile) => Then(async (_, cancellationToken) =>
    {
        meanwhile();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Nobody waits for ever.");
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None);
        LastAuthorization = request.Headers.Authorization?.ToString();
        _bodies.Enqueue($"{request.RequestUri?.AbsolutePath} {body}");
        return _answers.TryDequeue(out var answer)
            ? await answer(request, cancellationToken)
            : throw new InvalidOperationException("The fake service was asked once more than it was told to answer.");
    }

    private FakeService Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }
}
