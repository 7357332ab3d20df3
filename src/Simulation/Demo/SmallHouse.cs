namespace Parking.Simulation.Demo;

/// <summary>
/// The order of events at the facility that is filled up: all places taken, then drivers turned away, then one place free again, which one
/// of those takes.
/// </summary>
internal sealed class SmallHouse(DemoPlan plan)
{
    public Countdown Filled { get; } = new(plan.Count(DriverRole.Filler));

    public Countdown TurnedAway { get; } = new(plan.Count(DriverRole.TurnedAway));

    public Countdown PlaceFreed { get; } = new(1);

    /// <summary>The driver who makes room; null where no facility is filled.</summary>
    public int? LeavesAgain { get; } = FirstOf(plan, DriverRole.Filler);

    /// <summary>The driver who comes back.</summary>
    public int? TriesAgain { get; } = FirstOf(plan, DriverRole.TurnedAway);

    private static int? FirstOf(DemoPlan plan, DriverRole role) => plan.Drivers.FirstOrDefault(driver => driver.Role == role)?.Number;
}

/// <summary>Something that has happened when it has happened a number of times.</summary>
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _reached = Create(count);
    private int _left = count;

    /// <summary>It happened once.</summary>
    public void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _reached.TrySetResult();
        }
    }

    /// <summary>Waits until it has happened often enough.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _reached.Task.WaitAsync(cancellationToken);

    private static TaskCompletionSource Create(int count)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (count == 0)
        {
            source.SetResult();
        }
        return source;
    }
}
