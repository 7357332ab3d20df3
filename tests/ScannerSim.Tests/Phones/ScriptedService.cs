using System.Collections.Concurrent;
using System.Net;

namespace Parking.ScannerSim.Tests.Phones;

/// <summary>A service in this process that returns prepared answers one after the other and records the requests.</summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    /// <summary>The recorded requests, each with its path and body.</summary>
    public IReadOnlyList<string> Received => [.. _bodies];

    public string? LastAuthorization { get; private set; }

    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://service.invalid") };

    public ScriptedService ThenJson(string json) => Then((_, _) => Task.FromResult(
        new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") }));

    public ScriptedService ThenStatus(HttpStatusCode status, TimeSpan? retryAfter = null, string? body = null) => Then((_, _) =>
    {
        var response = new HttpResponseMessage(status)
        {
            Content = new StringContent(body ?? "", System.Text.Encoding.UTF8, "application/problem+json"),
        };
        response.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
        return Task.FromResult(response);
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None);
        LastAuthorization = request.Headers.Authorization?.ToString();
        _bodies.Enqueue($"{request.RequestUri?.AbsolutePath} {body}");
        return _answers.TryDequeue(out var answer)
            ? await answer(request, cancellationToken)
            : throw new InvalidOperationException("There are more requests than prepared answers.");
    }

    private ScriptedService Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }
}
