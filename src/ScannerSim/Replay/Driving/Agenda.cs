using NodaTime;

namespace Parking.ScannerSim.Replay.Driving;

/// <summary>What is to happen when.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<AgendaItem, (Instant At, long Order)> _items = new();
    private long _order;

    public bool IsEmpty => _items.Count == 0;

    /// <summary>When the next thing happens; not to be asked while there is none.</summary>
    public Instant NextAt => _items.Peek().At;

    public void Add(AgendaItem item) => _items.Enqueue(item, (item.At, _order++));

    /// <summary>After everything else of its instant, even what is put down later.</summary>
    public void AddLast(AgendaItem item) => _items.Enqueue(item, (item.At, long.MaxValue));

    /// <summary>
    /// All that happens at the next instant, in rounds: the things of one round have neither a gate nor a driver in common and may happen at once, the rounds one after the other.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<AgendaItem>> TakeNext()
    {
        var at = NextAt;
        var rounds = new List<List<AgendaItem>>();
        var rounding = new Dictionary<string, int>();
        while (!IsEmpty && NextAt == at)
        {
            var item = _items.Dequeue();
            var round = item.Subjects.Select(subject => rounding.GetValueOrDefault(subject)).DefaultIfEmpty(0).Max();
            if (round == rounds.Count)
            {
                rounds.Add([]);
            }
            rounds[round].Add(item);
            foreach (var subject in item.Subjects)
            {
                rounding[subject] = round + 1;
            }
        }
        return rounds;
    }
}
