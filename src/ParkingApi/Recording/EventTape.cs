using System.Threading.Channels;
using NodaTime;
using Parking.Admission;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>One recording: what has happened since it began and is not written yet. Gates never wait for it: a reader that is too slow loses the tape.</summary>
#pragma warning disable CA1001 // A source without a timer or a handle has nothing to be disposed of, and gates may still add events when the reader is gone.
internal sealed class EventTape
#pragma warning restore CA1001
{
    /// <summary>Five minutes of a thousand gates at their busiest.</summary>
    public const int DefaultLength = 65_536;

    private readonly Channel<NotedEvent> _events;
    private readonly CancellationTokenSource _lost = new();

    /// <param name="beganAt">When it began.</param>
    /// <param name="length">How many events may wait to be read.</param>
    public EventTape(Instant beganAt, int length = DefaultLength)
    {
        BeganAt = beganAt;
        _events = Channel.CreateBounded<NotedEvent>(new BoundedChannelOptions(length) { SingleReader = true });
    }

    public Instant BeganAt { get; }

    /// <summary>What it calls people.</summary>
    public Pseudonyms Names { get; } = new();

    public ChannelReader<NotedEvent> Events => _events.Reader;

    /// <summary>Cancelled when it was read too slowly. Whoever still waits for the reader need not any longer.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Add(NotedEvent noted)
    {
        // Where there is no room, there is a hole from here on, so it ends.
        if (!_events.Writer.TryWrite(noted) && _events.Writer.TryComplete())
        {
            // Elsewhere: a gate is waiting here.
            _ = _lost.CancelAsync();
        }
    }
}

/// <summary>An event that was taken in, with what a recording needs of it. Without its code, which no recording has.</summary>
/// <param name="Gate">Where.</param>
/// <param name="Id">Its identity.</param>
/// <param name="ReportedAt">When it happened, by the gate.</param>
/// <param name="TakenInAt">When the service was told.</param>
/// <param name="Event">What it says; null for a scan.</param>
/// <param name="Reason">The decision of a scan; null for every other event.</param>
/// <param name="Decided">The scan in its holder's timeline; null if it names nobody.</param>
/// <param name="IsLate">Of a scan, whether the gate had decided it alone.</param>
internal sealed record NotedEvent(Gate Gate, GateEventId Id, Instant ReportedAt, Instant TakenInAt, ReportedEvent? Event, ScanReason? Reason, DecidedScan? Decided, bool IsLate)
{
    /// <summary>
    /// Null if nothing is to be recorded: the event came too early, contradicts another, cannot be understood, or is a repeated scan whose timeline has forgotten it.
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
            ({ Outcome: EventOutcome.Decided, Scan: { Receipt: not null } answer }, ReportedScan scan) =>
                new(gate, id, at, now, null, answer.Reason, result.Decided, scan.Local is not null),
            ({ Outcome: EventOutcome.Recorded }, ReportedAct or ReportedIncident or ReportedInventory) =>
                new(gate, id, at, now, reported, null, null, false),
            _ => null,
        };
    }
}
