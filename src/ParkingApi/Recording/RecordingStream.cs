using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Api.Hosting.Ndjson;
using Parking.Contracts;
using Parking.Events;
using Parking.Ports;

namespace Parking.Api.Recording;

/// <summary>Answers with what happens, line by line, until the caller goes or the service stops.</summary>
internal sealed class RecordingStream(EventTape tape, RecordingHeader header) : IResult
{
    /// <summary>After so long without an event a line says that there was none: whatever lies between takes a silent connection for a dead one after a minute.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(15);

    /// <summary>How long a store that is away is left alone before it is asked again.</summary>
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    /// <summary>How long the last line may take: a reader that has stopped reading must not hold up a service that stops.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Lines are sent when so many bytes are waiting, and whenever no event is.</summary>
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
            var clock = services.GetRequiredService<IClock>();
            await using var output = new NdjsonWriter(httpContext.Response.BodyWriter, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
            var why = await WriteAllAsync(output, services.GetRequiredService<RecordingLines>(), services.GetRequiredService<TimeProvider>(), clock, over.Token);
            httpContext.RequestAborted.ThrowIfCancellationRequested();
            services.GetRequiredService<Recorder>().Report(why);
            output.Write<RecordedLine>(new RecordedEnd { At = clock.GetCurrentInstant().ToMilliseconds(), Why = why });
            using var enough = new CancellationTokenSource(LastWords, services.GetRequiredService<TimeProvider>());
            using var lastWords = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, enough.Token);
            await output.FlushAsync(leastBytes: 1, lastWords.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller has heard enough, or does not listen.
        }
        finally
        {
            services.GetRequiredService<Recorder>().End(tape);
        }
    }

    private async Task<RecordingEnding> WriteAllAsync(NdjsonWriter output, RecordingLines lines, TimeProvider time, IClock clock, CancellationToken over)
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

    /// <summary>The store may be away for a moment: gates wait and ask again then, and so does this.</summary>
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

    /// <summary>Waits for an event, and says so where it takes long.</summary>
    /// <returns>Whether there is one; false if there will be no more.</returns>
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
