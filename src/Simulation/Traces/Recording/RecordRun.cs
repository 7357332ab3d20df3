using NodaTime.Extensions;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Listens to a service until told to stop, and makes a trace of what was heard: all of it, however it ended. Meanwhile everything is also
/// in a file beside the trace, from which it can be made should this program be killed.
/// </summary>
/// <param name="options">What is to be recorded.</param>
/// <param name="view">Shows how it gets on.</param>
/// <param name="time">Measures how long.</param>
public sealed class RecordRun(RecordOptions options, IRecordView view, TimeProvider time)
{
    private const string WhatThereIs = "The trace has what came until then.";

    /// <summary>A service says every 15 seconds that nothing has happened.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="cancellationToken">Ends the recording; what was heard by then is written.</param>
    /// <returns>The trace, and what ended the recording before its time; null: nothing did.</returns>
    /// <exception cref="ServiceRefusedException">It could not begin.</exception>
    /// <exception cref="TraceException">What is there is no recording.</exception>
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
            throw new IOException($"{error.Message} What was heard is in {options.RawPath}: record --from makes the trace of it.", error);
        }
    }

    private async Task<RecordingReader> OpenAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (File.Exists(options.RawPath))
        {
            throw new IOException($"{options.RawPath} is there, from a recording that was cut off: record --from makes the trace of it. "
                + $"Then remove it, or give another --out.");
        }
        var raw = new FileStream(options.RawPath, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            return await RecordingReader.OpenAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), raw, cancellationToken);
        }
        catch
        {
            // Nothing is in it.
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

        // That it breaks off is why it is read from here.
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
                { Type: RecordedLine.EndType } => $"The service ended the recording, because it stops. {WhatThereIs}",
                _ => $"The connection broke. {WhatThereIs}",
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or TraceException)
        {
            return $"The connection broke: {error.Message} {WhatThereIs}";
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
                Source = "recorded from a service, without naming anybody",
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

/// <summary>Shows a recording to a person.</summary>
public interface IRecordView
{
    /// <summary>Shows it until it ends.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="lines">Grows meanwhile.</param>
    /// <param name="listening">The work.</param>
    Task<string?> ShowAsync(string what, IReadOnlyCollection<RecordedLine> lines, Task<string?> listening);
}

/// <summary>What is to be recorded.</summary>
public sealed record RecordOptions
{
    /// <summary>Of which service; null: what was recorded before is only made into a trace.</summary>
    public Uri? Api { get; init; }

    /// <summary>The file that says who the operator is; goes with <see cref="Api"/>.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>What an earlier recording left, that did not come to its trace; null: <see cref="Api"/>.</summary>
    public string? FromPath { get; init; }

    /// <summary>The trace.</summary>
    public required string Out { get; init; }

    /// <summary>For how long; null: until Ctrl+C.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Where everything is written as it comes, until the trace is there.</summary>
    public string RawPath => $"{Out}.recording";
}
