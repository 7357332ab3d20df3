using NodaTime;

namespace Parking.Simulation.Replay.Driving;

/// <summary>What is to happen when.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<AgendaItem, (Instant At, long Order)> _items = new();
    private readonly Lock _lock = new();
    private long _order;

    public bool IsEmpty => _items.Count == 0;

    /// <summary>When the next thing happens; not to be asked while there is none.</summary>
    public Instant NextAt => _items.Peek().At;

    /// <summary>Also from what is happening just now.</summary>
    public void Add(AgendaItem item)
    {
        lock (_lock)
        {
            _items.Enqueue(item, (item.At, _order++));
        }
    }

    /// <summary>After everything else of its instant, even what is put down later.</summary>
    public void AddLast(AgendaItem item)
    {
        lock (_lock)
        {
            _items.Enqueue(item, (item.At, long.MaxValue));
        }
    }

    /// <summary>
    /// Makes all happen that is down for the next instant: what has neither a gate nor a driver in common at once, all else one after the
    /// other.
    /// </summary>
    public Task RunNextAsync(CancellationToken cancellationToken)
    {
        var all = new List<Task>();
        var lastOf = new Dictionary<string, Task>();
        foreach (var item in TakeNext())
        {
            var run = RunAsync(
                item, [.. item.Subjects.Where(lastOf.ContainsKey).Select(subject => lastOf[subject]).Distinct()], cancellationToken);
            all.Add(run);
            foreach (var subject in item.Subjects)
            {
                lastOf[subject] = run;
            }
        }
        return Task.WhenAll(all);
    }

    private List<AgendaItem> TakeNext()
    {
        lock (_lock)
        {
            var at = NextAt;
            var items = new List<AgendaItem>();
            while (!IsEmpty && NextAt == at)
            {
                items.Add(_items.Dequeue());
            }
            return items;
        }
    }

    private static async Task RunAsync(AgendaItem item, IReadOnlyList<Task> before, CancellationToken cancellationToken)
    {
        await Task.WhenAll(before);
        await item.Run(cancellationToken);
    }
}

/// <summary>Something that is to happen.</summary>
/// <param name="At">When.</param>
/// <param name="Subjects">The gates and drivers it concerns: what concerns the same one happens in the order it was put down.</param>
/// <param name="Run">Makes it happen.</param>
internal sealed record AgendaItem(Instant At, IReadOnlyList<string> Subjects, Func<CancellationToken, Task> Run);
