namespace Parking.GateProgram;

/// <summary>Runs a gate's work in real time.</summary>
public static class GateRunner
{
    // A new event can make the next work due earlier. Checking four times a second is enough, because nobody waits for this work.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Does the gate's work whenever it is due, and obeys commands, until cancelled.</summary>
    /// <param name="machine">The gate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="IOException">The gate's disk failed.</exception>
    /// <exception cref="GateMismatchException">The gate was started with the wrong direction.</exception>
    public static async Task RunAsync(GateMachine machine, TimeProvider time, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var obeying = machine.ObeyAsync(ended.Token);
        var working = WorkAsync(machine, time, ended.Token);
        var first = await Task.WhenAny(working, obeying);
        await ended.CancelAsync();
        await ((Task)Task.WhenAll(working, obeying)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private static async Task WorkAsync(GateMachine machine, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await machine.WorkAsync(cancellationToken);
            var wait = machine.NextWorkAt - time.GetUtcNow();
            await Task.Delay(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LookEvery ? wait : LookEvery, time, cancellationToken);
        }
    }
}
