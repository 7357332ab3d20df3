using System.Collections.Immutable;
using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting.Identity;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Api.Recording;

/// <summary>Passes every event that is taken in to the running recordings. Usually there are none; then it costs nothing.</summary>
internal sealed partial class Recorder(IClock clock, ILogger<Recorder> logger)
{
    /// <summary>The highest number of recordings at the same time.</summary>
    public const int MaxRecordings = 4;

    private ImmutableList<EventTape> _tapes = [];

    /// <summary>Begins a recording; null if <see cref="MaxRecordings"/> are running.</summary>
    public EventTape? Begin(Staff staff)
    {
        var tape = new EventTape(clock.GetCurrentInstant().ToMilliseconds());
        if (!ImmutableInterlocked.Update(ref _tapes, (tapes, added) => tapes.Count < MaxRecordings ? tapes.Add(added) : tapes, tape))
        {
            return null;
        }

        Begun(logger, staff, _tapes.Count);
        return tape;
    }

    public void End(EventTape tape)
    {
        if (ImmutableInterlocked.Update(ref _tapes, (tapes, ended) => tapes.Remove(ended), tape))
        {
            Ended(logger, _tapes.Count);
        }
    }

    /// <summary>Logs that the service ends a recording by itself.</summary>
    public void Report(RecordingEnding why) => CutOff(logger, why);

    /// <summary>Adds an event and its outcome to all running recordings. Never waits.</summary>
    public void Note(Gate gate, GateEventId id, IncomingEvent incoming, EventResult result)
    {
        var tapes = _tapes;
        if (tapes.Count > 0 && NotedEvent.Of(gate, id, incoming, result, clock.GetCurrentInstant().ToMilliseconds()) is { } noted)
        {
            foreach (var tape in tapes)
            {
                tape.Add(noted);
            }
        }
    }

    [LoggerMessage(
        8001,
        LogLevel.Information,
        "Operator {Staff} began to record gate events; running recordings: {Recordings}",
        EventName = "RecordingBegun")]
    private static partial void Begun(ILogger logger, Staff staff, int recordings);

    [LoggerMessage(8002, LogLevel.Information, "A recording ended; running recordings: {Recordings}", EventName = "RecordingEnded")]
    private static partial void Ended(ILogger logger, int recordings);

    [LoggerMessage(8003, LogLevel.Warning, "The service ended a recording: {Why}", EventName = "RecordingCutOff")]
    private static partial void CutOff(ILogger logger, RecordingEnding why);
}
