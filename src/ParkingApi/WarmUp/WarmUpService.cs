using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Parking.Api.Hosting.Identity;
using Parking.Facilities;

namespace Parking.Api.WarmUp;

/// <summary>
/// Makes the first scan after a start as fast as any other: before the service is ready, the code of a scan has run once.
/// Without this, the first scan takes longer than a gate waits.
/// </summary>
/// <remarks>
/// It leaves nothing behind, neither events nor metrics. If it fails, the service becomes ready nevertheless, and is slower at first.
/// </remarks>
internal sealed partial class WarmUpService(
    WarmUpState state,
    Rehearsal rehearsal,
    CityDirectory city,
    IServiceScopeFactory scopes,
    ILogger<WarmUpService> logger)
    : IHostedLifecycleService
{
    /// <summary>Code is warm for the whole process, even if several services live in it, as in tests.</summary>
    private static int _hasRun;

    /// <summary>Runs when the server listens. <see cref="WarmUpHealth"/> keeps callers away until it is done.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Exchange(ref _hasRun, 1) == 0)
            {
                await RunAsync();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            WarmUpFailed(logger, e);
        }

        state.IsWarm = true;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets the code of a scan run once.</summary>
    public async Task RunAsync()
    {
        await RehearseAsync();
        await CallAsync();
    }

    private async Task RehearseAsync()
    {
        var folder = Directory.CreateTempSubdirectory("parking-");
        try
        {
            await rehearsal.RunAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Sends the service two requests that it refuses: one for its key, and one, past that check, for an event number that does not exist.
    /// </summary>
    private async Task CallAsync()
    {
        var gate = city.Gates[0];
        var stranger = Request(gate, _ => { });
        await state.Pipeline!(stranger);
        if (stranger.GetEndpoint()?.RequestDelegate is { } endpoint)
        {
            await endpoint(Request(gate, context =>
            {
                context.Features.Set(gate);
                context.Request.RouteValues[OwnGateRequirement.RouteParameter] = gate.Id.Value;
            }));
        }
    }

    private DefaultHttpContext Request(Gate gate, Action<HttpContext> prepare)
    {
        var upload = """
            {"journal":"0000000000000001","events":[{"type":"scan","seq":0,"deviceTime":"2026-05-04T08:30:15Z","code":"X"}]}
            """u8;
        var context = new DefaultHttpContext { ServiceScopeFactory = scopes };
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = $"/v1/gates/{gate.Id}/events";
        context.Request.Headers.Authorization = "Gate none";
        context.Request.ContentType = MediaTypeNames.Application.Json;
        context.Request.ContentLength = upload.Length;
        context.Request.Body = new MemoryStream(upload.ToArray());
        var body = new BodyFeature();
        context.Features.Set<IHttpRequestBodyDetectionFeature>(body);
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(body);
        context.Response.Body = Stream.Null;
        prepare(context);
        return context;
    }

    /// <summary>The server says this of a request's body; without a server, nobody does.</summary>
    private sealed class BodyFeature : IHttpRequestBodyDetectionFeature, IHttpMaxRequestBodySizeFeature
    {
        public bool CanHaveBody => true;

        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }

    [LoggerMessage(
        1032, LogLevel.Warning, "The service could not warm up; its first answers may be slow", EventName = "WarmUpFailed")]
    private static partial void WarmUpFailed(ILogger logger, Exception exception);
}
