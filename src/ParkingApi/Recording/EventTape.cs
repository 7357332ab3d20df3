using System.Threading.Channels;
using NodaTime;
using Parking.Admission;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>
/// The events of one recording that are not written yet. Gates never wait for it: if the reader is too slow, the recording ends.
/// </summary>
#pragma warning disable CA1001 // A source without timer or handle needs no disposal, and gates may add events after the reader has gone.
internal sealed class EventTape
#pragma warning restore CA1001
{
    /// <summary>The events of five minutes of a thousand gates at their busiest.</summary>
    public const int DefaultLength = 65_536;

    private readonly Channel<NotedEvent> _events;
    private readonly CancellationTokenSource _lost = new();

    /// <param name="beganAt">When the recording began.</param>
    /// <param name="length">How many events may wait to be read.</param>
    public EventTape(Instant beganAt, int length = DefaultLength)
    {
        BeganAt = beganAt;
        _events = Channel.CreateBounded<NotedEvent>(new BoundedChannelOptions(length) { SingleReader = true });
    }

    public Instant BeganAt { get; }

    /// <summary>The pseudonyms of this recording.</summary>
    public Pseudonyms Names { get; } = new();

    public ChannelReader<NotedEvent> Events => _events.Reader;

    /// <summary>Cancelled when the tape was read too slowly. It ends a send that still waits for the receiver.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Add(NotedEvent noted)
    {
        // Without room for this event the recording would have a gap, so it ends.
        if (!_events.Writer.TryWrite(noted) && _events.Writer.TryComplete())
        {
            // Asynchronous, since a gate waits for this method.
            _ = _lost.CancelAsync();
        }
    }
}

/// <summary>An event that was taken in, with the data that a recording needs. It has no code: recordings never contain codes.</summary>
/// <param name="Gate">The gate that reported it.</param>
/// <param name="Id">Its identity.</param>
/// <param name="At">When it happened, by the gate's clock as far as that can be believed.</param>
/// <param name="Event">The reported event; null for a scan.</param>
/// <param name="Reason">The reason of a scan's decision; null for every other event.</param>
/// <param name="Decided">The scan in its holder's timeline; null if it names nobody.</param>
internal sealed record NotedEvent(
    Gate Gate,
    GateEventId Id,
    Instant At,
    ReportedEvent? Event,
    ScanReason? Reason,
    DecidedScan? Decided)
{
    /// <summary>
    /// Null if there is nothing to record: the event arrived too early, contradicts another one or is unreadable, or it is a repeated scan
    /// that has been trimmed from its timeline.
    /// </summary>
    public static NotedEvent? Of(Gate gate, GateEventId id, IncomingEvent incoming, EventResult result, Instant now)
    {
        if (incoming.Event is not { } reported)
        {
            return null;
        }

        var at = EventTimes.OfOther(reported, now, incoming.SteadyAt);
        return (result, reported) switch
        {
            ({ Outcome: EventOutcome.Decided, Scan: { DecisionToken: not null } answer }, ReportedScan) =>
                new(gate, id, at, null, answer.Reason, result.Decided),
            ({ Outcome: EventOutcome.Recorded }, ReportedAct or ReportedIncident or ReportedInventory) =>
                new(gate, id, at, reported, null, null),
            _ => null,
        };
    }
}
