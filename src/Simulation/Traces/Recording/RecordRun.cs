using NodaTime.Extensions;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Records a service until told to stop, and makes a trace of everything received, however the recording ended. Meanwhile every line is
/// also written to a file beside the trace. If this program is killed, the trace can be made from that file.
/// </summary>
/// <param name="options">What to record.</param>
/// <param name="view">Shows the progress.</param>
/// <param name="time">Measures the length.</param>
public sealed class RecordRun(RecordOptions options, IRecordView view, TimeProvider time)
{
    private const string WhatThereIs = "The trace has everything that came until then.";

    /// <summary>A service sends a line at least every 15 seconds, even if nothing has happened.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="cancellationToken">Ends the recording; what was received is written.</param>
    /// <returns>The trace, and what ended the recording early; null if nothing did.</returns>
    /// <exception cref="ServiceRefusedException">The recording could not begin.</exception>
    /// <exception cref="TraceException">The received data or the file is not a recording.</exception>
    public Task<(RecordedTrace Trace, string? Problem)> RunAsync(CancellationToken cancellationToken) =>
        options.Api is { } api ? ListenToAsync(api, cancellationToken) : MakeAgainAsync(options.FromPath!, cancellationToken);

    private async Task<(RecordedTrace Trace, string? Problem)> ListenToAsync(Uri api, CancellationToken cancellationToken)
    {
        var people = new Identities(SettingsFile.Load(options.SettingsPath!), "record", time.ToClock());
        using var http = ServiceClient.Create(api);
        using var answer = await RecordingCall.BeginAsync(http, people.OperatorToken(), cancellationToken);
        await using var reader = await OpenAsync(answer, cancellationToken);
        using var length = options.For is { } wanted ? new CancellationTokenSource(wanted, time) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, length.Token);
        var lines = new List<RecordedLine>();
        var problem = await view.ShowAsync($"recording {api}", lines, HearAsync(reader, lines, stop.Token));
        try
        {
            var trace = Write(reader, lines);
            File.Delete(options.RawPath);
            return (trace, problem);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{error.Message} The received lines are in {options.RawPath}. Make the trace with record --from.", error);
        }
    }

    private async Task<RecordingReader> OpenAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (File.Exists(options.RawPath))
        {
            throw new IOException($"{options.RawPath} exists, from an interrupted recording. Make its trace with record --from. "
                + $"Then remove the file, or give another --out.");
        }
        var raw = new FileStream(options.RawPath, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            return await RecordingReader.OpenAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), raw, cancellationToken);
        }
        catch
        {
            // The file is empty.
            await raw.DisposeAsync();
            File.Delete(options.RawPath);
            throw;
        }
    }

    private async Task<(RecordedTrace Trace, string? Problem)> MakeAgainAsync(string path, CancellationToken cancellationToken)
    {
        await using var reader = await RecordingReader.OpenAsync(File.OpenRead(path), null, cancellationToken);
        var lines = new List<RecordedLine>();
        var problem = await HearAsync(reader, lines, cancellationToken);

        // A file that breaks off is the normal case here, so that is not reported as a problem.
        return (Write(reader, lines), lines is [.., { Type: RecordedLine.EndType }] ? problem : null);
    }

    private async Task<string?> HearAsync(RecordingReader reader, List<RecordedLine> lines, CancellationToken stop)
    {
        try
        {
            await foreach (var line in reader.ReadAsync(Patience, time, stop))
            {
                lines.Add(line);
            }
            return lines.LastOrDefault() switch
            {
                { Type: RecordedLine.EndType, Why: "read_too_slowly" } =>
                    $"The service ended the recording: it was not read fast enough. {WhatThereIs}",
                { Type: RecordedLine.EndType } => $"The service ended the recording because it is stopping. {WhatThereIs}",
                _ => $"The connection was lost. {WhatThereIs}",
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or TraceException)
        {
            return $"The connection was lost: {error.Message} {WhatThereIs}";
        }
    }

    private RecordedTrace Write(RecordingReader reader, IReadOnlyList<RecordedLine> lines)
    {
        var trace = TraceMaker.Make(reader.City.Plan, reader.Starts, lines);
        var counts = trace.Count();
        TraceFile.Write(options.Out, stream =>
        {
            var header = new TraceHeader
            {
                Source = "recorded from a service, with pseudonyms",
                Starts = reader.Starts,
                Ends = trace.Ends,
                Events = counts.Events,
                Scans = counts.Scans,
                City = reader.City,
            };
            using var writer = new TraceWriter(stream, header);
            foreach (var next in trace.Events)
            {
                writer.Write(next);
            }
        });
        return trace;
    }
}

public interface IRecordView
{
    /// <summary>Shows the recording until it ends.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="lines">The received lines; grows meanwhile.</param>
    /// <param name="listening">The task that records.</param>
    Task<string?> ShowAsync(string what, IReadOnlyCollection<RecordedLine> lines, Task<string?> listening);
}

/// <summary>The options of a recording.</summary>
public sealed record RecordOptions
{
    /// <summary>The service to record; null if a trace is made from an earlier recording.</summary>
    public Uri? Api { get; init; }

    /// <summary>The settings file with the operator's credentials; used with <see cref="Api"/>.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>The file that an interrupted recording left; null with <see cref="Api"/>.</summary>
    public string? FromPath { get; init; }

    /// <summary>The trace's file.</summary>
    public required string Out { get; init; }

    /// <summary>The length of the recording; null to record until Ctrl+C.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The file for received lines until the trace is written.</summary>
    public string RawPath => $"{Out}.recording";
}
