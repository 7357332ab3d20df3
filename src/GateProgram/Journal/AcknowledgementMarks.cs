using NodaTime;

namespace Parking.GateProgram.Journal;

/// <summary>
/// The acknowledgements of the last minute and the one before them. A store that crashes may lose what it acknowledged in that minute.
/// </summary>
internal sealed class AcknowledgementMarks
{
    private static readonly Duration Recent = Duration.FromSeconds(60);

    private readonly List<Acknowledgement> _marks = [];

    public Acknowledgement? Last => _marks.Count == 0 ? null : _marks[^1];

    /// <summary>The number acknowledged at least a minute before the last acknowledgement. Every store has it on its disk by now.</summary>
    public long LongAgo => _marks.Count == 0 ? 0 : _marks[0].Through;

    public IReadOnlyList<Acknowledgement> All => _marks;

    public void Add(Acknowledgement mark)
    {
        if (Last is { } last && (last.Epoch != mark.Epoch || mark.Through < last.Through))
        {
            // The acknowledged number became smaller, so the earlier marks are no longer valid.
            _marks.Clear();
        }
        _marks.Add(mark);
        while (_marks.Count > 1 && _marks[1].At <= mark.At - Recent)
        {
            _marks.RemoveAt(0);
        }
    }
}
