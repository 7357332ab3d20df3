namespace Parking.Simulation.Demo;

/// <summary>
/// The order of events at the facility that is filled: all spaces are taken, other drivers are refused, one space becomes free, and one of
/// the refused drivers takes it.
/// </summary>
internal sealed class SmallHouse(DemoPlan plan)
{
    public Countdown Filled { get; } = new(plan.Count(DriverRole.Filler));

    public Countdown TurnedAway { get; } = new(plan.Count(DriverRole.TurnedAway));

    public Countdown PlaceFreed { get; } = new(1);

    /// <summary>The driver who leaves and frees a space; null if no facility is filled.</summary>
    public int? LeavesAgain { get; } = FirstOf(plan, DriverRole.Filler);

    /// <summary>The refused driver who tries again.</summary>
    public int? TriesAgain { get; } = FirstOf(plan, DriverRole.TurnedAway);

    private static int? FirstOf(DemoPlan plan, DriverRole role) => plan.Drivers.FirstOrDefault(driver => driver.Role == role)?.Number;
}

/// <summary>Completes after a given number of signals.</summary>
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _reached = Create(count);
    private int _left = count;

    public void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _reached.TrySetResult();
        }
    }

    /// <summary>Waits for the last signal.</summary>
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
