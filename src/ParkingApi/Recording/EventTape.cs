using System.Threading.Channels;
using NodaTime;

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
