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
/// <param name="ReportedAt">When it happened, by the gate's clock.</param>
/// <param name="TakenInAt">When the service took it in.</param>
/// <param name="Event">The reported event; null for a scan.</param>
/// <param name="Reason">The reason of a scan's decision; null for every other event.</param>
/// <param name="Decided">The scan in its holder's timeline; null if it names nobody.</param>
/// <param name="IsLate">Whether the gate had decided the scan alone.</param>
internal sealed record NotedEvent(
    Gate Gate,
    GateEventId Id,
    Instant ReportedAt,
    Instant TakenInAt,
    ReportedEvent? Event,
    ScanReason? Reason,
    DecidedScan? Decided,
    bool IsLate)
{
    /// <summary>
    /// Null if there is nothing to record: the event arrived too early, contradicts another one or is unreadable, or it is a repeated scan
    /// that has been trimmed from its timeline.
    /// </summary>
    public static NotedEvent? Of(Gate gate, GateEventId id, ReportedEvent? reported, EventResult result, Instant now)
    {
        if (reported is null)
        {
            return null;
        }

        var at = reported.DeviceTime.ToMilliseconds() + Duration.FromMilliseconds(reported.ClockOffset);
        return (result, reported) switch
        {
            ({ Outcome: EventOutcome.Decided, Scan: { DecisionToken: not null } answer }, ReportedScan scan) =>
                new(gate, id, at, now, null, answer.Reason, result.Decided, scan.Local is not null),
            ({ Outcome: EventOutcome.Recorded }, ReportedAct or ReportedIncident or ReportedInventory) =>
                new(gate, id, at, now, reported, null, null, false),
            _ => null,
        };
    }
}
