using System.Threading.Channels;
using NodaTime;
using Parking.Api.Gates;
using Parking.Api.Hosting;
using Parking.Commands;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Commands;

/// <summary>
/// Waits for commands to a gate, as long as the gate's call is open. An open call is a sign of life. It ends when the service stops.
/// </summary>
/// <remarks>Calls live in machine time, also where the service's time is virtual.</remarks>
internal sealed class CommandPoll(
    GateCommands commands, ICommandStore store, GateRoster roster, IHostApplicationLifetime lifetime, MachineTime machine, IClock clock)
{
    /// <summary>How long a call waits at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <summary>How often an open call is noted as a sign of life.</summary>
    private static readonly TimeSpan SignEvery = TimeSpan.FromSeconds(5);

    /// <returns>The commands that wait and are not among <paramref name="seen"/>; none if there were none for the whole time.</returns>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    public async Task<IReadOnlyList<CommandRecord>> WaitAsync(
        Gate gate, IReadOnlySet<string> seen, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var time = machine.Provider;
        var started = time.GetTimestamp();
        var woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        // First subscribe, then read: a command that is queued in between is not missed.
        using var watch = await store.WatchAsync(gate.Facility.Id, _ => woken.Writer.TryWrite(true));
        var waking = woken.Reader.WaitToReadAsync(over.Token).AsTask();
        while (true)
        {
            roster.Listens(gate, clock.GetCurrentInstant());
            var found = (await commands.WaitingAsync(gate)).Where(command => !seen.Contains(command.Id.Value)).ToList();
            var left = wait - time.GetElapsedTime(started);
            if (found.Count > 0 || left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await over.CancelAsync();
                await ((Task)waking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return found;
            }

            await Task.WhenAny(waking, Task.Delay(left < SignEvery ? left : SignEvery, time, over.Token));
            cancellationToken.ThrowIfCancellationRequested();
            if (waking.IsCompletedSuccessfully && woken.Reader.TryRead(out _))
            {
                waking = woken.Reader.WaitToReadAsync(over.Token).AsTask();
            }
        }
    }
}
