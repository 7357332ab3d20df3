namespace Parking.GateProgram;

/// <summary>Drives a gate's work in real time.</summary>
public static class GateRunner
{
    // An event that is written brings work nearer; looking this often is soon enough for what nobody waits for.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Does the gate's work as it becomes due.</summary>
    /// <param name="machine">The gate.</param>
    /// <param name="time">Waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The gate's disk failed.</exception>
    public static async Task RunAsync(GateMachine machine, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await machine.WorkAsync(cancellationToken);
            var wait = machine.NextWorkAt - time.GetUtcNow();
            await Task.Delay(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LookEvery ? wait : LookEvery, time, cancellationToken);
        }
    }
}
