using System.Collections.Immutable;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Gates;
using Parking.Api.Stays;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>Hands every event that is taken in to those who record at the moment. Mostly nobody does, and it costs nothing then.</summary>
internal sealed class Recorder(IClock clock)
{
    /// <summary>How many may record at a time.</summary>
    public const int MaxRecordings = 4;

    private ImmutableList<EventTape> _tapes = [];

    /// <summary>Begins a recording; null if there are as many as there may be.</summary>
    public EventTape? Begin()
    {
        var tape = new EventTape(clock.GetCurrentInstant().ToMilliseconds());
        return ImmutableInterlocked.Update(ref _tapes, (tapes, added) => tapes.Count < MaxRecordings ? tapes.Add(added) : tapes, tape) ? tape : null;
    }

    public void End(EventTape tape) => ImmutableInterlocked.Update(ref _tapes, (tapes, ended) => tapes.Remove(ended), tape);

    /// <summary>Notes what became of an event. Never waits.</summary>
    public void Note(Gate gate, GateEventId id, ReportedEvent? reported, Handled handled)
    {
        var tapes = _tapes;
        if (tapes.Count > 0 && NotedEvent.Of(gate, id, reported, handled.Outcome, handled.Scan, clock.GetCurrentInstant().ToMilliseconds()) is { } noted)
        {
            foreach (var tape in tapes)
            {
                tape.Add(noted);
            }
        }
    }
}
