using System.Collections.Immutable;
using NodaTime;
using Parking.Admission;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>Hands every event that is taken in to those who record at the moment. Mostly nobody does, and it costs nothing then.</summary>
internal sealed partial class Recorder(IClock clock, ILogger<Recorder> logger)
{
    /// <summary>How many may record at a time.</summary>
    public const int MaxRecordings = 4;

    private ImmutableList<EventTape> _tapes = [];

    /// <summary>Begins a recording; null if there are as many as there may be.</summary>
    public EventTape? Begin()
    {
        var tape = new EventTape(clock.GetCurrentInstant().ToMilliseconds());
        if (!ImmutableInterlocked.Update(ref _tapes, (tapes, added) => tapes.Count < MaxRecordings ? tapes.Add(added) : tapes, tape))
        {
            return null;
        }

        Begun(logger, _tapes.Count);
        return tape;
    }

    public void End(EventTape tape)
    {
        if (ImmutableInterlocked.Update(ref _tapes, (tapes, ended) => tapes.Remove(ended), tape))
        {
            Ended(logger, _tapes.Count);
        }
    }

    /// <summary>The service ends a recording by itself.</summary>
    public void Report(RecordingEnding why) => CutOff(logger, why);

    /// <summary>Notes what became of an event. Never waits.</summary>
    public void Note(Gate gate, GateEventId id, ReportedEvent? reported, EventResult result)
    {
        var tapes = _tapes;
        if (tapes.Count > 0 && NotedEvent.Of(gate, id, reported, result, clock.GetCurrentInstant().ToMilliseconds()) is { } noted)
        {
            foreach (var tape in tapes)
            {
                tape.Add(noted);
            }
        }
    }

    [LoggerMessage(8001, LogLevel.Information, "An operator has begun to record what happens at the gates; {Recordings} do now", EventName = "RecordingBegun")]
    private static partial void Begun(ILogger logger, int recordings);

    [LoggerMessage(8002, LogLevel.Information, "A recording is over; {Recordings} go on", EventName = "RecordingEnded")]
    private static partial void Ended(ILogger logger, int recordings);

    [LoggerMessage(8003, LogLevel.Warning, "A recording is cut off by the service: {Why}", EventName = "RecordingCutOff")]
    private static partial void CutOff(ILogger logger, RecordingEnding why);
}
