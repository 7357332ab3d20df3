using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Ndjson;
using Parking.Contracts;
using Parking.Events;
using Parking.Ports;

namespace Parking.Api.Recording;

/// <summary>
/// Sends the events of a recording, line by line, until the caller disconnects, their sign-in is withdrawn, or the service stops. It goes
/// on when the token that began it is over.
/// </summary>
internal sealed class RecordingStream(EventTape tape, RecordingHeader header) : IResult
{
    /// <summary>
    /// After this time without an event a quiet line is sent: proxies take a connection for dead after a minute of silence.
    /// </summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(15);

    /// <summary>What the audit calls the end of a recording.</summary>
    private const string Ended = "ended";

    /// <summary>The pause before a store that is out of reach is tried again.</summary>
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    /// <summary>How long sending the last line may take: a caller that does not read must not delay the stop of the service.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Lines are sent when this many bytes wait, and whenever no event waits.</summary>
    private const int FlushBytes = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, tape.Lost);
        try
        {
            httpContext.Response.ContentType = NdjsonWriter.MediaType;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var ended = SignIn.Of(httpContext.User, services.GetRequiredService<ServiceSecrets>()) is { } signIn
                ? services.GetRequiredService<SignInWatch>().Add(signIn with { ExpiresAt = Instant.MaxValue }, httpContext.Abort)
                : null;
            var clock = services.GetRequiredService<IClock>();
            var time = services.GetRequiredService<MachineTime>().Provider;
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await using var output = new NdjsonWriter(httpContext.Response.BodyWriter, json);
            var why = await WriteAllAsync(output, services.GetRequiredService<RecordingLines>(), time, clock, over.Token);
            httpContext.RequestAborted.ThrowIfCancellationRequested();
            services.GetRequiredService<Recorder>().Report(why);
            output.Write<RecordedLine>(new RecordedEnd { At = clock.GetCurrentInstant().ToMilliseconds(), Why = why });
            using var enough = new CancellationTokenSource(LastWords, time);
            using var lastWords = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, enough.Token);
            await output.FlushAsync(leastBytes: 1, lastWords.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller has disconnected, or does not read.
        }
        finally
        {
            services.GetRequiredService<Recorder>().End(tape);
            await services.GetRequiredService<AuditedActs>().EndAsync(httpContext.Features.GetRequiredFeature<BegunAct>(), Ended);
        }
    }

    private async Task<RecordingEnding> WriteAllAsync(
        NdjsonWriter output, RecordingLines lines, TimeProvider time, IClock clock, CancellationToken over)
    {
        try
        {
            output.Write(header);
            await output.FlushAsync(leastBytes: 1, over);
            while (await WaitAsync(output, time, clock, over))
            {
                while (tape.Events.TryRead(out var noted))
                {
                    if (await MakeAsync(lines, noted, time, over) is { } line)
                    {
                        output.Write(line);
                        await output.FlushAsync(FlushBytes, over);
                    }
                }

                await output.FlushAsync(leastBytes: 1, over);
            }

            return RecordingEnding.ReadTooSlowly;
        }
        catch (OperationCanceledException)
        {
            return tape.Lost.IsCancellationRequested ? RecordingEnding.ReadTooSlowly : RecordingEnding.ServiceStops;
        }
    }

    /// <summary>Makes the line of an event. If the store is out of reach, it waits and tries again, as gates do.</summary>
    private async Task<RecordedLine?> MakeAsync(RecordingLines lines, NotedEvent noted, TimeProvider time, CancellationToken over)
    {
        while (true)
        {
            try
            {
                return await lines.MakeAsync(noted, tape.Names);
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(StorePause, time, over);
            }
        }
    }

    /// <summary>Waits for an event, and sends quiet lines meanwhile.</summary>
    /// <returns>True if there is one; false if there will be no more.</returns>
    private async Task<bool> WaitAsync(NdjsonWriter output, TimeProvider time, IClock clock, CancellationToken over)
    {
        var waiting = tape.Events.WaitToReadAsync(over).AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(QuietAfter, time, over);
            }
            catch (TimeoutException)
            {
                output.Write<RecordedLine>(new RecordedQuiet { At = clock.GetCurrentInstant().ToMilliseconds() });
                await output.FlushAsync(leastBytes: 1, over);
            }
        }
    }
}
