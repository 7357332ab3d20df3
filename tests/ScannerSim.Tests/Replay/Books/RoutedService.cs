using System.Collections.Concurrent;

namespace Parking.ScannerSim.Tests.Replay.Books;

/// <summary>A service in this process that answers by path. It can serve many callers at once.</summary>
internal sealed class RoutedService(Func<HttpRequestMessage, string, HttpResponseMessage> answer) : HttpMessageHandler
{
    private int _now;

    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>The largest number of requests that were served at the same time.</summary>
    public int MostAtOnce { get; private set; }

    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://service.invalid") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Received)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
        }
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        await Task.Yield();
        Received.Enqueue($"{request.Headers.Authorization} {request.RequestUri?.AbsolutePath}");
        lock (Received)
        {
            _now--;
        }
        return answer(request, body);
    }
}
