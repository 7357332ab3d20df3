using NodaTime;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The planned actions in order of time.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<AgendaItem, (Instant At, long Order)> _items = new();
    private readonly Lock _lock = new();
    private long _order;

    public bool IsEmpty => _items.Count == 0;

    /// <summary>The time of the next action. Only valid if the agenda is not empty.</summary>
    public Instant NextAt => _items.Peek().At;

    /// <summary>Adds an action. May be called by an action that is running.</summary>
    public void Add(AgendaItem item)
    {
        lock (_lock)
        {
            _items.Enqueue(item, (item.At, _order++));
        }
    }

    /// <summary>Adds an action that runs after all others of its instant, even after those added later.</summary>
    public void AddLast(AgendaItem item)
    {
        lock (_lock)
        {
            _items.Enqueue(item, (item.At, long.MaxValue));
        }
    }

    /// <summary>
    /// Runs all actions of the next instant. Actions with a common gate or driver run one after the other, all others concurrently.
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

/// <summary>A planned action.</summary>
/// <param name="At">When.</param>
/// <param name="Subjects">The gates and drivers that it concerns. Actions with a common subject run in the order in which they were
/// added.</param>
/// <param name="Run">Runs the action.</param>
internal sealed record AgendaItem(Instant At, IReadOnlyList<string> Subjects, Func<CancellationToken, Task> Run);
