using NodaTime.Extensions;
using Parking.ScannerSim.Clients;
using Parking.ScannerSim.Settings;

namespace Parking.ScannerSim.Traces.Recording;

/// <summary>Listens to a service until told to stop, and writes what was heard as a trace: all of it, however it ended.</summary>
/// <param name="options">What is to be recorded.</param>
/// <param name="http">Reaches the service.</param>
/// <param name="view">Shows how it gets on.</param>
/// <param name="time">Measures how long.</param>
internal sealed class RecordRun(RecordOptions options, HttpClient http, RecordView view, TimeProvider time)
{
    /// <param name="cancellationToken">Ends the recording; what was heard by then is written.</param>
    /// <exception cref="ServiceRefusedException">It could not begin.</exception>
    public async Task<(RecordedTrace Trace, string? Problem)> RunAsync(CancellationToken cancellationToken)
    {
        var people = new Identities(SettingsFile.Load(options.SettingsPath), "record", time.ToClock());
        await using var recording = await LiveRecording.OpenAsync(http, people.OperatorToken(), cancellationToken);
        TraceFile.Prepare(options.Out);
        using var length = options.For is { } wanted ? new CancellationTokenSource(wanted, time) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, length.Token);
        var lines = new List<RecordedLine>();
        var problem = await view.ShowAsync($"recording {options.Api}", lines, ListenAsync(recording, lines, stop.Token));
        var trace = TraceMaker.Make(recording.City.Plan, recording.Starts, lines);
        Write(recording, trace);
        return (trace, problem);
    }

    private static async Task<string?> ListenAsync(LiveRecording recording, List<RecordedLine> lines, CancellationToken stop)
    {
        try
        {
            await foreach (var line in recording.ReadAsync(stop))
            {
                lines.Add(line);
            }
            return lines.LastOrDefault() switch
            {
                { Type: RecordedLine.EndType, Why: "read_too_slowly" } => "The service ended the recording: it was not read fast enough. The trace has what came until then.",
                { Type: RecordedLine.EndType } => "The service ended the recording, because it stops. The trace has what came until then.",
                _ => "The connection broke. The trace has what came until then.",
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return $"The connection broke: {error.Message} The trace has what came until then.";
        }
        catch (Exception error) when (error is ServiceRefusedException or TraceException)
        {
            return $"{error.Message} The trace has what came until then.";
        }
    }

    private void Write(LiveRecording recording, RecordedTrace trace) => TraceFile.Write(options.Out, stream =>
    {
        var header = new TraceHeader
        {
            Source = "recorded from a service, without naming anybody",
            Starts = recording.Starts,
            Ends = trace.Ends,
            Events = trace.Events.Count,
            Scans = trace.Events.Count(next => next is TraceScan),
            City = recording.City,
        };
        using var writer = new TraceWriter(stream, header);
        foreach (var next in trace.Events)
        {
            writer.Write(next);
        }
    });
}
