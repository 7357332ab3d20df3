using NodaTime;

namespace Parking.GateProgram.Journal;

/// <summary>
/// What was acknowledged when: every acknowledgement of the last minutes, and one an hour of as many days as a gate keeps events. A store
/// that loses something says from when on.
/// </summary>
internal sealed class AcknowledgementMarks
{
    /// <summary>Longer than the minute before its end that a store may lose, by as much as clocks and probes are inexact.</summary>
    private static readonly Duration Recent = Duration.FromMinutes(2);

    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Longest = Duration.FromDays(9);

    private readonly List<Acknowledgement> _marks = [];

    public Acknowledgement? Last => _marks.Count == 0 ? null : _marks[^1];

    /// <summary>The number acknowledged a minute before the last acknowledgement.</summary>
    public long BeforeTheLastMinute =>
        Last is { } last ? _marks.FindLast(mark => mark.At <= last.At - Minute)?.Through ?? _marks[0].Through : 0;

    public IReadOnlyList<Acknowledgement> All => _marks;

    /// <summary>
    /// A number up to which everything was acknowledged before <paramref name="time"/>, and never asked for again; 0 if none is known.
    /// </summary>
    public long Before(Instant time) => _marks.FindLast(mark => mark.At < time)?.Through ?? 0;

    public void Add(Acknowledgement mark)
    {
        // If the number becomes smaller, the store has lost what is above it, whenever that was acknowledged.
        for (var i = _marks.Count - 1; i >= 0 && _marks[i].Through > mark.Through; i--)
        {
            _marks[i] = _marks[i] with { Through = mark.Through };
        }
        _marks.Add(mark);
        Thin(mark.At);
    }

    private void Thin(Instant now)
    {
        for (var i = _marks.Count - 2; i > 0 && _marks[i - 1].At >= now - Recent - Hour; i--)
        {
            // The mark before the recent ones stays: it tells what was acknowledged before them.
            if (_marks[i + 1].At <= now - Recent && _marks[i].At - _marks[i - 1].At < Hour)
            {
                _marks.RemoveAt(i);
            }
        }
        while (_marks.Count > 1 && _marks[1].At < now - Longest)
        {
            _marks.RemoveAt(0);
        }
    }
}
