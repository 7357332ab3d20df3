using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Takes what is sent by OTLP over HTTP, and keeps it as text: names and values stand between the bytes of protobuf.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();

    private OtlpReceiver(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var receiver = new OtlpReceiver(builder.Build());
        receiver._server.Urls.Add("http://127.0.0.1:0");
        receiver._server.Run(receiver.TakeAsync);
        await receiver._server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Everything that was sent to a path such as <c>/v1/traces</c>.</summary>
    public string TextOf(string path) => string.Concat(_received.Where(one => one.Path == path).Select(one => one.Text));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
    }
}
