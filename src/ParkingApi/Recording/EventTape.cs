using System.Threading.Channels;
using NodaTime;

namespace Parking.Api.Recording;

/// <summary>One recording: what has happened since it began and is not written yet. Gates never wait for it: a reader that is too slow loses the tape.</summary>
internal sealed class EventTape
{
    /// <summary>Five minutes of a thousand gates at their busiest.</summary>
    public const int DefaultLength = 65_536;

    private readonly Channel<NotedEvent> _events;

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

    public void Add(NotedEvent noted)
    {
        if (!_events.Writer.TryWrite(noted))
        {
            // What is on it is still read; after that there is a hole, so it ends.
            _events.Writer.TryComplete();
        }
    }
}
